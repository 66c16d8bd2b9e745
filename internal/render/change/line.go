package change

import (
	"ddmon/internal/plan"
	"ddmon/internal/render/safe"
)

// Line is one line of a change.
type Line struct {
	Indent safe.Text
	// Sign says what happens to what the line shows; None for a line that goes on with a value, or is a comment.
	Sign Sign
	// Under is the sign of the value that a line without a sign goes on with; None if it has its lines compared.
	Under Sign
	// Tone is that of the whole line; with Plain the sign has its own, and the spans have theirs.
	Tone  safe.Tone
	Spans []Span
	// Exact keeps blanks at the end, which a terminal without colour is otherwise spared.
	Exact bool
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

// Text is the sign as people read it.
func (s Sign) Text() safe.Text { return [...]safe.Text{"", "+", "-", "~", "~"}[s] }

// Tone is the colour of the sign.
func (s Sign) Tone() safe.Tone {
	return [...]safe.Tone{safe.Plain, safe.Green, safe.Red, safe.Yellow, safe.Cyan}[s]
}

// Write writes the line for a terminal.
func (l *Line) Write(w *safe.Writer, s safe.Style) {
	w.Text(l.Indent)
	switch {
	case l.Sign != None && l.Tone == safe.Plain:
		w.Painted(s, l.Sign.Tone(), l.Sign.Text())
		w.Text(" ")
	case l.Sign != None:
		text := l.After(l.Sign.Text(), " ")
		if !s.Color && !l.Exact {
			text = text.TrimBlanks()
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

// After returns the line without its indent and its sign, with a lead before it and without tones.
func (l *Line) After(lead ...safe.Text) safe.Text {
	parts := make([]safe.Text, 0, 8)
	parts = append(parts, lead...)
	for _, span := range l.Spans {
		parts = append(parts, span.Text)
	}
	return safe.Join(parts, "")
}
