package hostile

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible refuses what does something instead of standing there: a control character that is no line end, a mark that
// changes the direction of text or cannot be seen, a byte that is no UTF-8.
func Visible(text string) error {
	for i, line := range strings.Split(text, "\n") {
		if !utf8.ValidString(line) {
			return fmt.Errorf("line %d is no UTF-8: %q", i+1, line)
		}
		if at := strings.IndexFunc(line, acts); at >= 0 {
			return fmt.Errorf("line %d holds what is not seen at byte %d: %q", i+1, at, line)
		}
	}
	return nil
}

// acts reports whether a character does something. Emoji are built with the zero-width joiner.
func acts(r rune) bool {
	const zeroWidthJoiner = '\u200d'
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != zeroWidthJoiner || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r)
}
