// Package terminal writes plans, diagnostics, progress and results for the console, in colour if the console supports
// it. It only formats what it is given. Text from outside comes in as strings, and goes out as safe.Text only.
//
// Start reading at Plan.
package terminal

import (
	"io"

	"ddmon/internal/render/safe"
)

// output is the writer and the style of one document.
type output struct {
	*safe.Writer
	safe.Style
}

func newOutput(w io.Writer, s safe.Style) output { return output{safe.NewWriter(w), s} }

// shown writes text from outside on one line, in a tone.
func (o output) shown(tone safe.Tone, text string) safe.Painted {
	return o.Paint(tone, safe.Line(text))
}
