package textdiff

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Words splits a string into words, runs of white space, and single other characters. Joining them gives the string
// again. Words consist of letters, digits, "_" and ".", so a metric name or a number is one word.
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

// Lines splits a string into lines without line endings.
func Lines(s string) []string { return strings.Split(s, "\n") }

type class int

const (
	other class = iota
	word
	space
)

func classOf(r rune) class {
	switch {
	case unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' || r == '.':
		return word
	case unicode.IsSpace(r):
		return space
	}
	return other
}
