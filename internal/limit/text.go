package limit

import (
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// text counts a new string: each combining character costs about a step.
func (m *Meter) text(s string) *Error { return m.Spend(joined(s), len(s)) }

// joined counts the combining characters of a string, such as accents. cty normalizes them in every string.
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
