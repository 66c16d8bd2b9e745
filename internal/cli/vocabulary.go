package cli

import (
	_ "embed"
	"strings"
	"sync"
)

// vocabularyText lists the words and short phrases of ddmon's own output: JSON keys and values, headings, and fixed
// words in messages. It is generated; a test fails if it is out of date.
//
//go:embed vocabulary.txt
var vocabularyText string

// vocabulary recognizes ddmon's own words, which are never hidden as sensitive values.
type vocabulary struct {
	once  sync.Once
	words map[string]bool
}

// maxWord is the maximum length of a word or phrase.
const maxWord = 80

// has reports whether a lower-case string is one of the words, or part of one.
func (v *vocabulary) has(text string) (whole, part bool) {
	text = strings.Trim(text, " .:")
	if len(text) > maxWord || strings.ContainsFunc(text, func(r rune) bool { return (r < 'a' || r > 'z') && r != '_' && r != ' ' && r != '-' }) {
		return false, false
	}
	v.once.Do(func() {
		v.words = make(map[string]bool)
		for word := range strings.Lines(vocabularyText) {
			v.words[strings.TrimSuffix(word, "\n")] = true
		}
	})
	return v.words[text], strings.Contains(vocabularyText, text)
}
