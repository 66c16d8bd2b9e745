package object

import (
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// Path leads from the root of a body to a value in it. Each step is a string (a key) or an int (an index).
type Path []any

// With returns the path one step longer. It never shares memory with p, so both may grow further.
func (p Path) With(step any) Path {
	longer := make(Path, len(p)+1)
	copy(longer, p)
	longer[len(p)] = step
	return longer
}

// In returns the value at the path of v; nil if there is none.
func (p Path) In(v any) any {
	for _, step := range p {
		switch s := step.(type) {
		case string:
			m, _ := v.(map[string]any)
			v = m[s]
		case int:
			l, _ := v.([]any)
			if s >= len(l) {
				return nil
			}
			v = l[s]
		}
	}
	return v
}

// String writes the path as one would in HCL: widgets[0].definition.title; a key that is no identifier is quoted.
func (p Path) String() string {
	var b strings.Builder
	for i, step := range p {
		switch step := step.(type) {
		case int:
			b.WriteByte('[')
			b.WriteString(strconv.Itoa(step))
			b.WriteByte(']')
		case string:
			if !isIdentifier(step) {
				b.WriteByte('[')
				b.WriteString(quoteHCL(step))
				b.WriteByte(']')
				continue
			}
			if i > 0 {
				b.WriteByte('.')
			}
			b.WriteString(step)
		}
	}
	return b.String()
}

func isIdentifier(s string) bool {
	for i, r := range s {
		letter := r == '_' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r != '-' && (r < '0' || r > '9')) {
			return false
		}
	}
	return s != ""
}

// Ranges tells where in the files each value of a body was written, by Path.String(). The empty path is the block.
type Ranges map[string]hcl.Range

// At returns the range of the value at p or of the nearest value around it; the zero range if there is none.
func (r Ranges) At(p Path) hcl.Range {
	for n := len(p); n >= 0; n-- {
		if rng, ok := r[p[:n].String()]; ok {
			return rng
		}
	}
	return hcl.Range{}
}
