package ddapi

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestText is how much of a text from outside an error repeats, in bytes.
const longestText = 2000

// clean makes a text from outside fit for a terminal: what is not printable becomes a blank, runs of blanks one, and
// what is very long is cut.
func clean(s string) string {
	var b strings.Builder
	blank := false
	for _, r := range s {
		if b.Len() >= longestText {
			b.WriteString("…")
			break
		}
		if r == utf8.RuneError || unicode.IsSpace(r) || !unicode.IsPrint(r) {
			blank = b.Len() > 0
			continue
		}
		if blank {
			b.WriteByte(' ')
			blank = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// cleaner takes keys, and what else must not be seen, out of texts from outside before it cleans them.
type cleaner struct {
	secrets *strings.Replacer
	keys    []string
	hide    func(string) string // nil takes out only the keys
}

// text cleans what came from outside, after the keys, and what else is not to be seen, were taken out of it: what is cut
// in the middle is not found any more.
func (c *cleaner) text(s string) string { return c.tidy(c.secrets.Replace(s)) }

// start is text for one that was cut anywhere, perhaps in a key.
func (c *cleaner) start(s string) string {
	s = c.secrets.Replace(s)
	for _, key := range c.keys {
		s = withoutStartOf(s, key)
	}
	return c.tidy(s)
}

func (c *cleaner) tidy(s string) string {
	if c.hide != nil {
		s = c.hide(s)
	}
	return clean(s)
}

// withoutStartOf leaves out the beginning of a word at the end of a text.
func withoutStartOf(s, word string) string {
	for n := min(len(word), len(s)); n > 0; n-- {
		if strings.HasSuffix(s, word[:n]) {
			return s[:len(s)-n]
		}
	}
	return s
}
