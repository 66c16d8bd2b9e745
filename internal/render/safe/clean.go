package safe

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// clean writes unsafe characters as visible escapes. lines keeps newlines and tabs.
func clean(s string, lines bool) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return IsUnsafe(r, lines) }) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case !IsUnsafe(r, lines):
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

// IsUnsafe reports whether a character controls a terminal instead of being shown. These are the control characters and
// the format characters (direction marks, zero-width characters), except the joiner in emoji. With lines, newlines and
// tabs are safe.
func IsUnsafe(r rune, lines bool) bool {
	if r >= ' ' && r <= '~' || lines && (r == '\n' || r == '\t') {
		return false
	}
	const zeroWidthJoiner = 0x200d
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != zeroWidthJoiner || r == 0x2028 || r == 0x2029
}
