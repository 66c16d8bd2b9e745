// Package terminal writes plans, diagnostics, events and results for a person at a terminal, in colour if it has it.
// It decides nothing: everything it shows is in the data it is given. Text from outside reaches it as strings, and
// leaves it as safe.Text only.
//
// Start reading at Plan.
package terminal

import (
	"io"

	"ddmon/internal/render/safe"
)

// output is where one document is written, and how.
type output struct {
	*safe.Writer
	safe.Style
}

func newOutput(w io.Writer, s safe.Style) output { return output{safe.NewWriter(w), s} }

// shown is a name or text of which a line consists, in a tone.
func (o output) shown(tone safe.Tone, text string) safe.Painted {
	return o.Paint(tone, safe.Line(text))
}
