package change

import (
	"ddmon/internal/plan"
	"ddmon/internal/render/safe"
)

// Line is one line of a change.
type Line struct {
	Indent safe.Text
	// Symbol says what happens to the value; None for a comment, or for a line that continues a value.
	Symbol Symbol
	// Inherited is the symbol of the value that a line without a symbol continues; None if the value is shown as a diff.
	Inherited Symbol
	// Tone applies to the whole line; with Plain the symbol and the spans have their own tones.
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

// Symbol is what happens to a value.
type Symbol uint8

// The symbols.
const (
	None Symbol = iota
	Add
	Remove
	Modify
	Move
)

// symbolOf is the symbol of an edit.
func symbolOf(op plan.Op) Symbol {
	switch op {
	case plan.Add:
		return Add
	case plan.Remove:
		return Remove
	default:
		return Modify
	}
}

// Text is the symbol as a string.
func (s Symbol) Text() safe.Text { return [...]safe.Text{"", "+", "-", "~", "~"}[s] }

// Tone is the colour of the symbol.
func (s Symbol) Tone() safe.Tone {
	return [...]safe.Tone{safe.Plain, safe.Green, safe.Red, safe.Yellow, safe.Cyan}[s]
}

// Write writes the line to a terminal.
func (l *Line) Write(w *safe.Writer, s safe.Style) {
	w.Text(l.Indent)
	switch {
	case l.Symbol != None && l.Tone == safe.Plain:
		w.Painted(s, l.Symbol.Tone(), l.Symbol.Text())
		w.Text(" ")
	case l.Symbol != None:
		text := l.After(l.Symbol.Text(), " ")
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

// After returns the text of the line after a lead, without its indent, symbol and tones.
func (l *Line) After(lead ...safe.Text) safe.Text {
	parts := make([]safe.Text, 0, 8)
	parts = append(parts, lead...)
	for _, span := range l.Spans {
		parts = append(parts, span.Text)
	}
	return safe.Join(parts, "")
}
