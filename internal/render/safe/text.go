package safe

import (
	"iter"
	"strconv"
	"strings"
	"time"
)

// Text is text that is safe to show on a terminal. Formats with markup, such as Markdown, still have their own
// escaping. Constants convert to Text implicitly; use Line or Lines for everything else.
type Text string

// Line returns text from outside as one line: control characters (including newlines), direction marks and invalid
// UTF-8 become visible escapes.
func Line(s string) Text { return Text(clean(s, false)) }

// Lines is Line for text of several lines: it keeps newlines and tabs.
func Lines(s string) Text { return Text(clean(s, true)) }

// Quote returns text from outside as one line in double quotes.
func Quote(s string) Text {
	return `"` + Text(strings.ReplaceAll(clean(s, false), `"`, `\"`)) + `"`
}

// Clip returns text from outside as one line, cut to a number of columns. An ellipsis marks the cut.
func Clip(s string, most int) Text { return Line(string(Text(s).Clip(most))) }

// Int writes an integer.
func Int(n int) Text { return Text(strconv.Itoa(n)) }

// Count writes a number and a noun: 1 object, 2 objects.
func Count(n int, noun Text) Text {
	if n != 1 {
		noun += "s"
	}
	return Int(n) + " " + noun
}

// Float writes a number like strconv.FormatFloat.
func Float(f float64, format byte, digits int) Text {
	return Text(strconv.FormatFloat(f, format, digits, 64))
}

// Time writes a time in a layout of package time.
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

// Repeat repeats a text.
func Repeat(t Text, times int) Text { return Text(strings.Repeat(string(t), times)) }

// TrimTrailingSpaces returns the text without spaces at its end.
func (t Text) TrimTrailingSpaces() Text { return Text(strings.TrimRight(string(t), " ")) }

// Trim returns the text without surrounding white space.
func (t Text) Trim() Text { return Text(strings.TrimSpace(string(t))) }

// TrimLeft returns the text without leading characters of a set.
func (t Text) TrimLeft(cutset string) Text { return Text(strings.TrimLeft(string(t), cutset)) }

// TrimRight returns the text without trailing characters of a set.
func (t Text) TrimRight(cutset string) Text { return Text(strings.TrimRight(string(t), cutset)) }

// TrimSuffix returns the text without a suffix.
func (t Text) TrimSuffix(end Text) Text { return Text(strings.TrimSuffix(string(t), string(end))) }

// HasSuffix reports whether the text ends with a suffix.
func (t Text) HasSuffix(end Text) bool { return strings.HasSuffix(string(t), string(end)) }

// After returns the text after the first separator; empty without one.
func (t Text) After(separator Text) Text {
	_, after, _ := strings.Cut(string(t), string(separator))
	return Text(after)
}

// HasPrefix reports whether the text begins with a prefix.
func (t Text) HasPrefix(start Text) bool { return strings.HasPrefix(string(t), string(start)) }

// Valid returns the text without a character that was cut in the middle.
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

// TabsToSpaces returns the text with a space in place of each tab.
func (t Text) TabsToSpaces() Text { return Text(strings.ReplaceAll(string(t), "\t", " ")) }

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
