package cli

import (
	"iter"
	"strings"
	"unicode"
)

// partLength is the number of consecutive letters and digits that reveal a secret. A parser's error quotes its input
// from where it stopped, and a server can cut off the beginning.
const partLength = 8

// parts are all substrings of sensitive values with partLength letters and digits.
type parts map[string]bool

// maxParted is how many bytes of a value are split into parts.
const maxParted = 1 << 16

// add adds the parts of a value.
func (p parts) add(value string) {
	for piece := range pieces(value[:min(len(value), maxParted)]) {
		p[piece] = true
	}
}

// in reports whether a string contains a part of a value.
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

// pieces yields every run of partLength letters and digits of a string, in lower case, ignoring other characters.
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
