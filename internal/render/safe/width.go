package safe

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// Width is how many columns of a terminal a text occupies: East Asian characters and emoji occupy two, and what combines
// with a character before it none.
func (t Text) Width() int { return displaywidth.String(string(t)) }

// Clip cuts a text to a number of columns, visibly. It does not cut what a reader sees as one character.
func (t Text) Clip(most int) Text {
	if len(t) <= most {
		return t
	}
	width, end := 0, 0
	for g := displaywidth.StringGraphemes(string(t)); g.Next(); end += len(g.Value()) {
		if width += cost(g.Value(), g.Width()); width > most {
			return t[:end] + "…"
		}
	}
	return t
}

// longestCharacter is how many code points one character may have; the longest emoji have ten.
const longestCharacter = 16

// cost is what a character counts when text is cut: its width, but never nothing, and all of its code points if it has
// more than any real one.
func cost(character string, width int) int {
	if points := utf8.RuneCountInString(character); points > longestCharacter {
		return points
	}
	return max(width, 1)
}

// Characters takes a text from outside apart into what a reader sees as one character each, as HCL counts columns.
func Characters(s string) []string {
	all := make([]string, 0, len(s))
	for g := displaywidth.StringGraphemes(s); g.Next(); {
		all = append(all, g.Value())
	}
	return all
}

// Pad fills a text with blanks up to a number of columns.
func (t Text) Pad(columns int) Text {
	if missing := columns - t.Width(); missing > 0 {
		return t + Text(strings.Repeat(" ", missing))
	}
	return t
}

// PadLeft fills a text with blanks before it.
func (t Text) PadLeft(columns int) Text {
	if missing := columns - t.Width(); missing > 0 {
		return Text(strings.Repeat(" ", missing)) + t
	}
	return t
}

// narrowest is the number of columns below which Wrap does not go.
const narrowest = 20

// Wrap breaks a text at blanks into lines of at most so many columns, where its words allow that.
func (t Text) Wrap(columns int) []Text {
	t = t.singleSpaced()
	var lines []Text
	start, end, width := 0, 0, 0 // of the line
	for at := 0; at < len(t); at = end + 1 {
		next := strings.IndexByte(string(t[at:]), ' ')
		if next < 0 {
			next = len(t) - at
		}
		word := t[at : at+next].Width()
		if at > start && width+1+word > max(columns, narrowest) {
			lines = append(lines, t[start:end])
			start, width = at, -1
		} else if at == start {
			width = -1
		}
		end, width = at+next, width+1+word
	}
	if start < end {
		lines = append(lines, t[start:end])
	}
	return lines
}

// singleSpaced returns the words of a text with one blank between two.
func (t Text) singleSpaced() Text {
	length := -1
	for word := range t.Words() {
		length += 1 + len(word)
	}
	if length == len(t) && !strings.ContainsFunc(string(t), isOtherSpace) || length < 0 {
		return t[:max(length, 0)]
	}
	var b strings.Builder
	b.Grow(length)
	for word := range t.Words() {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(string(word))
	}
	return Text(b.String())
}

func isOtherSpace(r rune) bool { return r != ' ' && unicode.IsSpace(r) }
