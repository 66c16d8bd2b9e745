package safe

import (
	"iter"
	"strconv"
	"strings"
	"time"
)

// Text is text that may be written anywhere a person reads it. Formats with markup escape it for themselves. Constants
// of the program are Text without a call; use Line or Lines for everything else.
type Text string

// Line returns text from outside as one line: control characters, line ends too, marks that change the direction of
// text, and bytes that are not UTF-8 become visible escapes.
func Line(s string) Text { return Text(clean(s, false)) }

// Lines is Line for text of several lines: line ends and tabs stay.
func Lines(s string) Text { return Text(clean(s, true)) }

// Quote returns text from outside as one line in double quotes.
func Quote(s string) Text {
	return `"` + Text(strings.ReplaceAll(clean(s, false), `"`, `\"`)) + `"`
}

// Clip returns the start of a text from outside that is at most so many columns wide, as one line. The cut is visible.
func Clip(s string, most int) Text { return Line(string(Text(s).Clip(most))) }

// Int writes a number.
func Int(n int) Text { return Text(strconv.Itoa(n)) }

// Count writes a number of what a noun says: 1 object, 2 objects.
func Count(n int, noun Text) Text {
	if n != 1 {
		noun += "s"
	}
	return Int(n) + " " + noun
}

// Float writes a number as package strconv does.
func Float(f float64, format byte, digits int) Text {
	return Text(strconv.FormatFloat(f, format, digits, 64))
}

// Time writes a time; layout is one of package time's.
func Time(at time.Time, layout Text) Text { return Text(at.Format(string(layout))) }

// Join joins texts.
func Join(parts []Text, separator Text) Text {
	length := len(separator) * len(parts)
	for _, p := range parts {
		length += len(p)
	}
	var b strings.Builder
	b.Grow(length)
	for i, p := range parts {
		if i > 0 {
			b.WriteString(string(separator))
		}
		b.WriteString(string(p))
	}
	return Text(b.String())
}

// Repeat returns a text so many times.
func Repeat(t Text, times int) Text { return Text(strings.Repeat(string(t), times)) }

// TrimBlanks returns the text without blanks at its end.
func (t Text) TrimBlanks() Text { return Text(strings.TrimRight(string(t), " ")) }

// Trim returns the text without blanks and line ends around it.
func (t Text) Trim() Text { return Text(strings.TrimSpace(string(t))) }

// TrimLeft returns the text without any of some characters at its beginning.
func (t Text) TrimLeft(cutset string) Text { return Text(strings.TrimLeft(string(t), cutset)) }

// TrimRight returns the text without any of some characters at its end.
func (t Text) TrimRight(cutset string) Text { return Text(strings.TrimRight(string(t), cutset)) }

// TrimSuffix returns the text without an end.
func (t Text) TrimSuffix(end Text) Text { return Text(strings.TrimSuffix(string(t), string(end))) }

// HasSuffix reports whether the text ends so.
func (t Text) HasSuffix(end Text) bool { return strings.HasSuffix(string(t), string(end)) }

// After returns what follows the first separator; empty if there is none.
func (t Text) After(separator Text) Text {
	_, after, _ := strings.Cut(string(t), string(separator))
	return Text(after)
}

// HasPrefix reports whether the text begins so.
func (t Text) HasPrefix(start Text) bool { return strings.HasPrefix(string(t), string(start)) }

// Valid returns the text without a character that was cut in two at its end.
func (t Text) Valid() Text { return Text(strings.ToValidUTF8(string(t), "")) }

// Lines yields the lines of a text.
func (t Text) Lines() iter.Seq[Text] {
	return func(yield func(Text) bool) {
		for line := range strings.SplitSeq(string(t), "\n") {
			if !yield(Text(line)) {
				return
			}
		}
	}
}

// Untabbed returns the text with a blank for each tab.
func (t Text) Untabbed() Text { return Text(strings.ReplaceAll(string(t), "\t", " ")) }

// Words yields the words of a text.
func (t Text) Words() iter.Seq[Text] {
	return func(yield func(Text) bool) {
		for word := range strings.FieldsSeq(string(t)) {
			if !yield(Text(word)) {
				return
			}
		}
	}
}
