package render

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes text from outside safe to print on one line: control characters, line ends too, marks that change
// the direction of text and bytes that are no UTF-8 become visible escapes.
func Clean(s string) string { return clean(s, false) }

// CleanLines is Clean for text of several lines: line ends and tabs stay.
func CleanLines(s string) string { return clean(s, true) }

func clean(s string, lines bool) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return unsafe(r, lines) }) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case !unsafe(r, lines):
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == '\r':
			b.WriteString(`\r`)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
		i += size
	}
	return b.String()
}

// unsafe reports whether a character does something to a terminal besides standing there. Besides controls these
// are the format characters (direction marks, zero-width ones) except the joiner that emoji are built with.
func unsafe(r rune, lines bool) bool {
	if r >= ' ' && r <= '~' || lines && (r == '\n' || r == '\t') {
		return false
	}
	const zeroWidthJoiner = 0x200d
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != zeroWidthJoiner || r == 0x2028 || r == 0x2029
}
