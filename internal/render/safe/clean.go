package safe

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean writes what could act on a terminal as visible escapes. lines lets line ends and tabs stay.
func clean(s string, lines bool) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return Acts(r, lines) }) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case !Acts(r, lines):
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

// Acts reports whether a character does something to a terminal other than appear; lines says that line ends and tabs do
// not count. Apart from controls these are the format characters (direction marks, zero-width ones) except the joiner that emoji are built with.
func Acts(r rune, lines bool) bool {
	if r >= ' ' && r <= '~' || lines && (r == '\n' || r == '\t') {
		return false
	}
	const zeroWidthJoiner = 0x200d
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != zeroWidthJoiner || r == 0x2028 || r == 0x2029
}
