package object

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unique"
)

// Guarded is a string computed from a body. If it depends on a sensitive value, printing it in any way gives Redacted;
// only Reveal returns the string. Guarded values with the same string are equal (==), so comparing them does not
// require Reveal.
type Guarded struct {
	// text is a handle instead of a string: package fmt prints unexported fields without calling Format, and then
	// prints an address.
	text      unique.Handle[string]
	sensitive bool
}

// Guard returns a Guarded.
func Guard(text string, sensitive bool) Guarded { return Guarded{unique.Make(text), sensitive} }

// Equal is ==, for packages that compare by reflection.
func (g Guarded) Equal(other Guarded) bool { return g == other }

// IsSensitive reports whether the string depends on a sensitive value.
func (g Guarded) IsSensitive() bool { return g.sensitive }

// Reveal returns the string. It is for requests, comparisons, fingerprints and evaluation, never for output. A house
// test lists the packages that can call it.
func (g Guarded) Reveal() string {
	if g == (Guarded{}) {
		return ""
	}
	return g.text.Value()
}

// String returns the string for output.
func (g Guarded) String() string {
	if g.sensitive {
		return Redacted
	}
	return g.Reveal()
}

// Format writes the string for output, for all verbs.
func (g Guarded) Format(f fmt.State, verb rune) {
	if verb == 'q' {
		_, _ = io.WriteString(f, strconv.Quote(g.String())) // the writer reports its own errors
		return
	}
	_, _ = io.WriteString(f, g.String())
}

// MarshalText returns the string for output; package json uses it for values and keys.
func (g Guarded) MarshalText() ([]byte, error) { return []byte(g.String()), nil }

// UnmarshalText decodes the output of MarshalText, which is not sensitive.
func (g *Guarded) UnmarshalText(text []byte) error {
	*g = Guard(string(text), false)
	return nil
}

// JoinGuarded joins the strings of a list for output, without duplicates.
func JoinGuarded(list []Guarded, separator string) string {
	var shown []string
	seen := map[string]bool{}
	for _, g := range list {
		if text := g.String(); !seen[text] {
			seen[text] = true
			shown = append(shown, text)
		}
	}
	return strings.Join(shown, separator)
}
