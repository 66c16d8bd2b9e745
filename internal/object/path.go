package object

import (
	"strconv"
	"strings"

	"github.com/hashicorp/hcl/v2"
)

// Path is the path from the root of a body to a value in it. Each step is a string (a key) or an int (an index).
type Path []any

// With returns the path with another step. It does not share memory with p, so both can grow.
func (p Path) With(step any) Path {
	longer := make(Path, len(p)+1)
	copy(longer, p)
	longer[len(p)] = step
	return longer
}

// In returns the value at the path in v, or nil.
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

// String formats the path as in HCL: widgets[0].definition.title. Keys that are not identifiers are quoted.
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

// Ranges maps a Path.String() to the source position of the value. The empty path is the block.
type Ranges map[string]hcl.Range

// At returns the range of the value at p or of the innermost value with a range that contains it, or the zero range.
func (r Ranges) At(p Path) hcl.Range {
	for n := len(p); n >= 0; n-- {
		if rng, ok := r[p[:n].String()]; ok {
			return rng
		}
	}
	return hcl.Range{}
}
