package evaluate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"ddmon/internal/wildcard"
)

// words finds text in any of a document's texts, without case and at the borders of words: "err" is not in "error".
func words(text, raw string, isGlob bool, of func(Document) []string) Matcher {
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

// phraseFinder finds the words of a phrase next to each other. White space matches any white space.
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
			if border(text, i, phrase) && borderBehind(text, end, phrase) {
				return true
			}
			_, size := utf8.DecodeRuneInString(text[i:])
			from = i + size
		}
		return false
	}
}

// border reports whether a word may begin at i, where word stands.
func border(text string, i int, word string) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	first, _ := utf8.DecodeRuneInString(word)
	return i == 0 || !inWord(before) || !inWord(first)
}

// borderBehind reports whether word may end at i.
func borderBehind(text string, i int, word string) bool {
	next, _ := utf8.DecodeRuneInString(text[i:])
	end, _ := utf8.DecodeLastRuneInString(word)
	return i == len(text) || !inWord(next) || !inWord(end)
}

func inWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// wordFinder finds one word that matches, words being what white space or punctuation sets apart.
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
