package object

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unique"
)

// Guarded is a text that was computed from a body. If it depends on a sensitive value, every way to print it gives
// Redacted; only Reveal gives the text itself. Two of them are equal (==) if their texts are, so what compares needs
// not reveal them.
type Guarded struct {
	// text is a handle and no string: package fmt reads fields that are not exported without asking for Format, and so
	// finds an address.
	text      unique.Handle[string]
	sensitive bool
}

// Guard makes a Guarded.
func Guard(text string, sensitive bool) Guarded { return Guarded{unique.Make(text), sensitive} }

// Equal is ==, also for what compares by reflection.
func (g Guarded) Equal(other Guarded) bool { return g == other }

// IsSensitive reports whether the text depends on a sensitive value.
func (g Guarded) IsSensitive() bool { return g.sensitive }

// Reveal returns the text itself. It is for what sends, compares, fingerprints or evaluates, never for what shows; a
// test of the house lists the packages that may call it.
func (g Guarded) Reveal() string {
	if g == (Guarded{}) {
		return ""
	}
	return g.text.Value()
}

// String returns what may be shown.
func (g Guarded) String() string {
	if g.sensitive {
		return Redacted
	}
	return g.Reveal()
}

// Format writes what may be shown, whatever the verb.
func (g Guarded) Format(f fmt.State, verb rune) {
	if verb == 'q' {
		_, _ = io.WriteString(f, strconv.Quote(g.String())) // the writer reports its errors by itself
		return
	}
	_, _ = io.WriteString(f, g.String())
}

// MarshalText returns what may be shown; package json uses it too, for values and for keys.
func (g Guarded) MarshalText() ([]byte, error) { return []byte(g.String()), nil }

// UnmarshalText reads what MarshalText wrote. What was shown once is no secret.
func (g *Guarded) UnmarshalText(text []byte) error {
	*g = Guard(string(text), false)
	return nil
}

// JoinGuarded joins what may be shown of a list, each text once.
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
