package limit

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// text counts a text that was made: a character that joins another takes about a step.
func (m *Meter) text(s string) *Fault { return m.Spend(joined(s), len(s)) }

// joined counts the characters of a text that join the one before, such as accents: cty puts those of each text in
// order and composes them.
func joined(s string) int {
	n := 0
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			i++
			continue
		}
		p := norm.NFC.PropertiesString(s[i:])
		if !p.BoundaryBefore() {
			n++
		}
		i += max(1, p.Size())
	}
	return n
}
