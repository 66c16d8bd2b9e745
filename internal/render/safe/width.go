package safe

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
)

// Width is the number of terminal columns of a text: two for East Asian characters and emoji, none for combining
// characters.
func (t Text) Width() int { return displaywidth.String(string(t)) }

// Clip cuts a text to a number of columns, between grapheme clusters, and marks the cut with an ellipsis.
func (t Text) Clip(most int) Text {
	if len(t) <= most {
		return t
	}
	width, end := 0, 0
	for g := displaywidth.StringGraphemes(string(t)); g.Next(); end += len(g.Value()) {
		if width += clipWidth(g.Value(), g.Width()); width > most {
			return t[:end] + "…"
		}
	}
	return t
}

// maxCodePoints is the number of code points in a legitimate grapheme cluster; the longest emoji have ten.
const maxCodePoints = 16

// clipWidth is the width of a grapheme cluster for Clip: at least 1, and the number of code points if there are too
// many. Otherwise text of zero-width characters could have any length.
func clipWidth(character string, width int) int {
	if points := utf8.RuneCountInString(character); points > maxCodePoints {
		return points
	}
	return max(width, 1)
}

// Characters splits text from outside into grapheme clusters, which is how HCL counts columns.
func Characters(s string) []string {
	all := make([]string, 0, len(s))
	for g := displaywidth.StringGraphemes(s); g.Next(); {
		all = append(all, g.Value())
	}
	return all
}

// Pad appends spaces up to a number of columns.
func (t Text) Pad(columns int) Text {
	if missing := columns - t.Width(); missing > 0 {
		return t + Text(strings.Repeat(" ", missing))
	}
	return t
}

// PadLeft prepends spaces up to a number of columns.
func (t Text) PadLeft(columns int) Text {
	if missing := columns - t.Width(); missing > 0 {
		return Text(strings.Repeat(" ", missing)) + t
	}
	return t
}

// minWrap is the minimum width of lines in Wrap.
const minWrap = 20

// Wrap breaks a text at spaces into lines of a number of columns. Longer words are not broken.
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
		if at > start && width+1+word > max(columns, minWrap) {
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

// singleSpaced returns the words of a text, separated by single spaces.
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
