package change

import (
	"ddmon/internal/plan"
	"ddmon/internal/render/safe"
)

// Line is one line of a change.
type Line struct {
	Indent safe.Text
	// Sign says what happens to the value; None for a comment, or for a line that continues a value.
	Sign Sign
	// Inherited is the sign of the value that a line without a sign continues; None if the value is shown as a diff.
	Inherited Sign
	// Tone applies to the whole line; with Plain the sign and the spans have their own tones.
	Tone  safe.Tone
	Spans []Span
	// KeepTrailingSpaces keeps spaces at the end, which are otherwise cut without colour.
	KeepTrailingSpaces bool
}

// Span is a part of a line in one tone.
type Span struct {
	Tone safe.Tone
	Text safe.Text
}

func plain(t safe.Text) Span { return Span{safe.Plain, t} }

// Sign is what happens to a value.
type Sign uint8

// The signs.
const (
	None Sign = iota
	Add
	Remove
	Modify
	Move
)

// signOf is the sign of an edit.
func signOf(op plan.Op) Sign {
	switch op {
	case plan.Add:
		return Add
	case plan.Remove:
		return Remove
	default:
		return Modify
	}
}

// Text is the sign as a string.
func (s Sign) Text() safe.Text { return [...]safe.Text{"", "+", "-", "~", "~"}[s] }

// Tone is the colour of the sign.
func (s Sign) Tone() safe.Tone {
	return [...]safe.Tone{safe.Plain, safe.Green, safe.Red, safe.Yellow, safe.Cyan}[s]
}

// Write writes the line to a terminal.
func (l *Line) Write(w *safe.Writer, s safe.Style) {
	w.Text(l.Indent)
	switch {
	case l.Sign != None && l.Tone == safe.Plain:
		w.Painted(s, l.Sign.Tone(), l.Sign.Text())
		w.Text(" ")
	case l.Sign != None:
		text := l.After(l.Sign.Text(), " ")
		if !s.Color && !l.KeepTrailingSpaces {
			text = text.TrimTrailingSpaces()
		}
		w.Painted(s, l.Tone, text)
		w.Text("\n")
		return
	case l.Tone != safe.Plain:
		w.Painted(s, l.Tone, l.After())
		w.Text("\n")
		return
	}
	for _, span := range l.Spans {
		w.Painted(s, span.Tone, span.Text)
	}
	w.Text("\n")
}

// After returns the text of the line after a lead, without its indent, sign and tones.
func (l *Line) After(lead ...safe.Text) safe.Text {
	parts := make([]safe.Text, 0, 8)
	parts = append(parts, lead...)
	for _, span := range l.Spans {
		parts = append(parts, span.Text)
	}
	return safe.Join(parts, "")
}
