package cli

import (
	_ "embed"
	"strings"
	"sync"
)

// vocabularyText lists the words and short phrases that output consists of: keys and values of JSON, headings, the fixed
// words of messages. A test of the house keeps it current.
//
//go:embed vocabulary.txt
var vocabularyText string

// vocabulary finds ddmon's own words.
type vocabulary struct {
	once  sync.Once
	words map[string]bool
}

// longestOwn is the length from which a text is not a word of ddmon's.
const longestOwn = 80

// has reports whether a text, in small letters, is one of the words, or a part of one.
func (v *vocabulary) has(text string) (whole, part bool) {
	text = strings.Trim(text, " .:")
	if len(text) > longestOwn || strings.ContainsFunc(text, func(r rune) bool { return (r < 'a' || r > 'z') && r != '_' && r != ' ' && r != '-' }) {
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
