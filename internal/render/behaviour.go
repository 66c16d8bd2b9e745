package render

import (
	"ddmon/internal/behaviour"
	"ddmon/internal/render/safe"
)

// Row is a line of the section on behaviour: which recording, whose behaviour, what it is, and a note on that. Tone is Red
// for a regression, Green for the opposite, Yellow for what is only different, and Dim for what stays the same.
type Row struct {
	Recording, Who, Text, Note safe.Text
	Tone                       safe.Tone
}

// unchanged follows what is the same before and after.
const unchanged safe.Text = "(no change)"

// RowsOf are the lines of one recording, of which only the first names it.
func RowsOf(r *behaviour.RecordingReport) []Row {
	var rows []Row
	quiet, changed, worse := 0, 0, false
	for i := range r.Monitors {
		e := &r.Monitors[i]
		if e.Kind != behaviour.NoChange {
			changed++
		}
		worse = worse || e.Regression
		if isQuiet(e) {
			quiet++
			continue
		}
		rows = append(rows, rowOf(columnText(e.Address.String()), e))
	}
	// In an incident the stack's line is what consoles or alarms; elsewhere it is a sum, of more than one monitor.
	matters := r.Stack.Kind != behaviour.NoChange && r.Stack.Kind != behaviour.Different
	if r.Incident && (worse || matters) || changed > 1 && matters {
		rows = append(rows, rowOf("the stack", &r.Stack))
	}
	switch {
	case quiet == 0:
	case len(rows) == 0:
		rows = append(rows, quietRow(r, quiet))
	case r.Incident:
		rows = append(rows, Row{Who: safe.Count(quiet, "other"), Text: "no part in it", Note: unchanged, Tone: safe.Dim})
	}
	if len(rows) > 0 {
		rows[0].Recording = columnText(r.Recording)
	}
	return rows
}

// isQuiet reports whether a monitor does nothing in a recording, before as after.
func isQuiet(e *behaviour.Effect) bool {
	silent := func(v *behaviour.Verdict) bool {
		return !v.Detected && !v.Silent && !v.TooLate && v.FalseAlarms == 0
	}
	return e.Kind == behaviour.NoChange && silent(&e.Before) && silent(&e.After)
}

// quietRow sums up a recording in which nothing that changes does anything.
func quietRow(r *behaviour.RecordingReport, quiet int) Row {
	switch {
	case r.Incident && quiet == 1:
		return rowOf(columnText(r.Monitors[0].Address.String()), &r.Monitors[0])
	case r.Incident:
		return Row{Who: safe.Count(quiet, "monitor"), Text: "no part in it", Note: unchanged, Tone: safe.Dim}
	case r.Stack.After.FalseAlarms > 0:
		return Row{Who: "nothing that changes fires", Note: unchanged, Tone: safe.Dim}
	}
	return Row{Who: "nothing fires", Note: unchanged, Tone: safe.Dim}
}

func rowOf(who safe.Text, e *behaviour.Effect) Row {
	r := Row{Who: who, Text: safe.Line(e.Short), Tone: toneOf(e)}
	if e.Kind == behaviour.NoChange && e.Before.Exists && e.After.Exists {
		r.Note = unchanged
	}
	return r
}

func toneOf(e *behaviour.Effect) safe.Tone {
	switch {
	case e.Regression:
		return safe.Red
	case e.Kind == behaviour.NoChange:
		return safe.Dim
	case e.Kind == behaviour.Different:
		return safe.Yellow
	}
	return safe.Green
}

// NotEvaluated is the row of a change that cannot be judged.
func NotEvaluated(e *behaviour.Effect) Row {
	return Row{Who: columnText(e.Address.String()), Text: safe.Line(e.Short), Tone: safe.Yellow}
}

// longestName is how many characters are shown of a name in a column.
const longestName = 100

// columnText is a name from outside in a column, which all rows must be as wide as.
func columnText(name string) safe.Text { return safe.Line(name).Clip(longestName) }
