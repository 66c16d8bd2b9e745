package hostile

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible returns an error if text contains a control character other than a newline, a direction mark or another
// invisible character, or invalid UTF-8.
func Visible(text string) error {
	for i, line := range strings.Split(text, "\n") {
		if !utf8.ValidString(line) {
			return fmt.Errorf("line %d is not valid UTF-8: %q", i+1, line)
		}
		if at := strings.IndexFunc(line, invisible); at >= 0 {
			return fmt.Errorf("line %d has an invisible character at byte %d: %q", i+1, at, line)
		}
	}
	return nil
}

// invisible reports whether a character is a control or format character. The zero-width joiner is part of emoji.
func invisible(r rune) bool {
	const zeroWidthJoiner = '\u200d'
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != zeroWidthJoiner || unicode.Is(unicode.Zl, r) || unicode.Is(unicode.Zp, r)
}
