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

// text cleans what came from outside, after the keys, and what else is not to be seen, were taken out of it: what is cut
// in the middle is not found any more.
func (c *Client) text(s string) string {
	s = c.secrets.Replace(s)
	if c.hide != nil {
		s = c.hide(s)
	}
	return clean(s)
}
