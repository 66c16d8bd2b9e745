package textdiff

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words cuts a text into words, runs of blanks and single other characters, which joined give the text again.
// Letters, digits, "_" and "." make a word, so that a metric's name or a number is one.
func Words(s string) []string {
	var out []string
	for len(s) > 0 {
		first, size := utf8.DecodeRuneInString(s)
		end := size
		if class := classOf(first); class != other {
			for end < len(s) {
				r, n := utf8.DecodeRuneInString(s[end:])
				if classOf(r) != class {
					break
				}
				end += n
			}
		}
		out = append(out, s[:end])
		s = s[end:]
	}
	return out
}

// Lines cuts a text into lines without their ends.
func Lines(s string) []string { return strings.Split(s, "\n") }

type class int

const (
	other class = iota
	word
	blank
)

func classOf(r rune) class {
	switch {
	case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '.':
		return word
	case unicode.IsSpace(r):
		return blank
	}
	return other
}
