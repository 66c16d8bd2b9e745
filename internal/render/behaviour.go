package render

import (
	"slices"

	"ddmon/internal/behaviour"
	"ddmon/internal/render/safe"
)

// Row is a line of the section on behaviour. Subject is a monitor, the stack, or a summary of several monitors. Tone is
// Red for a regression, Green for an improvement, Yellow for another difference, and Dim for no change.
type Row struct {
	Recording, Subject, Text, Note safe.Text
	Tone                           safe.Tone
}

// unchanged is the note of a row that is the same before and after.
const unchanged safe.Text = "(no change)"

// BehaviourLegend explains the section's lines in a sentence or two. Only the lines of incidents have times.
func BehaviourLegend(r *behaviour.Report) safe.Text {
	const columns = "What each monitor does now, and what it would do with this change."
	if slices.ContainsFunc(r.Recordings, func(r behaviour.RecordingReport) bool { return r.Incident }) {
		return columns + " Times count from the start of the incident."
	}
	return columns
}

// BehaviourRows returns the lines of one recording. Only the first names the recording.
func BehaviourRows(r *behaviour.RecordingReport) []Row {
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
	// For an incident the line of the stack says whether anything detects it. Elsewhere it sums up several monitors.
	matters := r.Stack.Kind != behaviour.NoChange && r.Stack.Kind != behaviour.Different
	if r.Incident && (worse || matters) || changed > 1 && matters {
		rows = append(rows, rowOf("the stack", &r.Stack))
	}
	switch {
	case quiet == 0:
	case len(rows) == 0:
		rows = append(rows, quietRow(r, quiet))
	case r.Incident:
		rows = append(rows, Row{Subject: safe.Count(quiet, "other"), Text: "not involved", Note: unchanged, Tone: safe.Dim})
	}
	if len(rows) > 0 {
		rows[0].Recording = columnText(r.Recording)
	}
	return rows
}

// isQuiet reports whether a monitor does not alert during a recording, neither before nor after.
func isQuiet(e *behaviour.Effect) bool {
	silent := func(v *behaviour.Verdict) bool {
		return !v.Detected && !v.Silent && !v.TooLate && v.FalseAlarms == 0
	}
	return e.Kind == behaviour.NoChange && len(e.After.Unrecorded) == 0 && silent(&e.Before) && silent(&e.After)
}

// quietRow sums up a recording during which no changed monitor alerts.
func quietRow(r *behaviour.RecordingReport, quiet int) Row {
	switch {
	case r.Incident && quiet == 1:
		return rowOf(columnText(r.Monitors[0].Address.String()), &r.Monitors[0])
	case r.Incident:
		return Row{Subject: safe.Count(quiet, "monitor"), Text: "not involved", Note: unchanged, Tone: safe.Dim}
	case r.Stack.After.FalseAlarms > 0:
		return Row{Subject: "no alerts from changed monitors", Note: unchanged, Tone: safe.Dim}
	}
	return Row{Subject: "no alerts", Note: unchanged, Tone: safe.Dim}
}

func rowOf(subject safe.Text, e *behaviour.Effect) Row {
	r := Row{Subject: subject, Text: safe.Line(e.Short), Tone: toneOf(e)}
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

// NotEvaluatedRow is the row of a changed monitor that replay cannot evaluate.
func NotEvaluatedRow(e *behaviour.Effect) Row {
	return Row{Subject: columnText(e.Address.String()), Text: safe.Line(e.Short), Tone: safe.Yellow}
}

// maxName is the width of a name in a column.
const maxName = 100

// columnText limits a name from outside, because the longest one sets the width of its column.
func columnText(name string) safe.Text { return safe.Line(name).Clip(maxName) }
