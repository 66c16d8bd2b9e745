package cli

import (
	"iter"
	"strings"
	"unicode"
)

// partLength is the number of letters and digits in a row that give a secret away: a parser's error quotes the rest of a
// text from where it stopped, and a server may cut it in front.
const partLength = 8

// parts are all pieces of sensitive values of partLength letters and digits.
type parts map[string]bool

// longestParted is how much of a value is taken to pieces.
const longestParted = 1 << 16

// add takes in a value.
func (p parts) add(value string) {
	for piece := range pieces(value[:min(len(value), longestParted)]) {
		p[piece] = true
	}
}

// in reports whether a text still has a piece of a value.
func (p parts) in(s string) bool {
	if len(p) == 0 {
		return false
	}
	for piece := range pieces(s) {
		if p[piece] {
			return true
		}
	}
	return false
}

// pieces yields every partLength letters and digits in a row of a text, in lower case, without the characters between them.
func pieces(s string) iter.Seq[string] {
	bare := []rune(strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s))
	return func(yield func(string) bool) {
		for at := 0; at+partLength <= len(bare); at++ {
			if !yield(string(bare[at : at+partLength])) {
				return
			}
		}
	}
}
