package evaluate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ddmon/internal/wildcard"
)

// fullText matches whole words in any string of a document, ignoring case: "err" does not match "error".
func fullText(text, raw string, isGlob bool, of func(Document) []string) Matcher {
	match := phraseFinder(text)
	if isGlob {
		match = wordFinder(wildcard.Search(strings.ToLower(raw)))
	}
	return func(d Document) bool {
		for _, t := range of(d) {
			if match(strings.ToLower(t)) {
				return true
			}
		}
		return false
	}
}

// phraseFinder matches the words of a phrase in sequence. White space matches any white space.
func phraseFinder(phrase string) func(string) bool {
	phrase = strings.Join(strings.Fields(strings.ToLower(phrase)), " ")
	return func(text string) bool {
		if phrase == "" {
			return true
		}
		text = strings.Join(strings.Fields(text), " ")
		for from := 0; from <= len(text); {
			i := strings.Index(text[from:], phrase)
			if i < 0 {
				return false
			}
			i += from
			end := i + len(phrase)
			if startsWord(text, i, phrase) && endsWord(text, end, phrase) {
				return true
			}
			_, size := utf8.DecodeRuneInString(text[i:])
			from = i + size
		}
		return false
	}
}

// startsWord reports whether word, found at i, starts at a word boundary.
func startsWord(text string, i int, word string) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	first, _ := utf8.DecodeRuneInString(word)
	return i == 0 || !inWord(before) || !inWord(first)
}

// endsWord reports whether word, which ends at i, ends at a word boundary.
func endsWord(text string, i int, word string) bool {
	next, _ := utf8.DecodeRuneInString(text[i:])
	end, _ := utf8.DecodeLastRuneInString(word)
	return i == len(text) || !inWord(next) || !inWord(end)
}

func inWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// wordFinder matches any word, separated by white space or punctuation.
func wordFinder(match func(string) bool) func(string) bool {
	return func(text string) bool {
		for _, field := range strings.Fields(text) {
			if match(field) {
				return true
			}
		}
		for _, word := range strings.FieldsFunc(text, func(r rune) bool { return !inWord(r) && r != '-' && r != '.' }) {
			if match(word) {
				return true
			}
		}
		return false
	}
}
