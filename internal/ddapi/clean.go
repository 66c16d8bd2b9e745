package ddapi

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxText is how many bytes of an external string an error repeats.
const maxText = 2000

// clean makes an external string safe for a terminal: it replaces characters that are not printable with spaces,
// collapses spaces, and truncates long strings.
func clean(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		if b.Len() >= maxText {
			b.WriteString("…")
			break
		}
		if r == utf8.RuneError || unicode.IsSpace(r) || !unicode.IsPrint(r) {
			space = b.Len() > 0
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// cleaner removes keys and sensitive values from external strings before it cleans them.
type cleaner struct {
	secrets *strings.Replacer
	keys    []string
	hide    func(string) string // nil removes only the keys
}

// text cleans an external string. It removes keys and sensitive values first, because truncating could cut through
// them.
func (c *cleaner) text(s string) string { return c.tidy(c.secrets.Replace(s)) }

// prefix is text for a string that was truncated, perhaps within a key.
func (c *cleaner) prefix(s string) string {
	s = c.secrets.Replace(s)
	for _, key := range c.keys {
		s = trimPartialSuffix(s, key)
	}
	return c.tidy(s)
}

func (c *cleaner) tidy(s string) string {
	if c.hide != nil {
		s = c.hide(s)
	}
	return clean(s)
}

// trimPartialSuffix removes the longest prefix of word that s ends with.
func trimPartialSuffix(s, word string) string {
	for n := min(len(word), len(s)); n > 0; n-- {
		if strings.HasSuffix(s, word[:n]) {
			return s[:len(s)-n]
		}
	}
	return s
}
