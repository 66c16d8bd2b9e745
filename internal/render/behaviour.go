package render

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"ddmon/internal/behaviour"
)

// Behaviour writes what a plan would have meant in recorded time: one line for each monitor in each recording. What
// stays quiet before and after is summed up. With nothing to say it writes nothing.
func Behaviour(w io.Writer, r *behaviour.Report, s Style) error {
	var rows []row
	for i := range r.Recordings {
		rows = append(rows, rowsOf(&r.Recordings[i])...)
	}
	for _, e := range r.NotEvaluated {
		rows = append(rows, row{who: columnText(e.Address.String()), text: Clean(e.Short), color: yellow})
	}
	if len(rows) == 0 {
		return nil
	}
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, s.paint(bold, "Behaviour"))
	writeRows(out, rows, s)
	if r.Skipped > 0 {
		fmt.Fprintf(out, "  %s\n", s.paint(dim, Count(r.Skipped, "recording")+" not replayed: no data for what changes."))
	}
	fmt.Fprintln(out)
	return out.Flush()
}

// row is a line of the section: which recording, whose behaviour, what it is, and a note on that.
type row struct{ recording, who, text, note, color string }

// unchanged follows what is the same before and after.
const unchanged = "(no change)"

// rowsOf are the lines of one recording, of which only the first names it.
func rowsOf(r *behaviour.RecordingReport) []row {
	var rows []row
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
		rows = append(rows, row{who: Count(quiet, "other"), text: "no part in it", note: unchanged, color: dim})
	}
	if len(rows) > 0 {
		rows[0].recording = columnText(r.Recording)
	}
	return rows
}

// isQuiet reports whether a monitor does nothing in a recording, before as after.
func isQuiet(e *behaviour.Effect) bool {
	silent := func(v *behaviour.Verdict) bool {
		return !v.Caught && !v.Silent && !v.TooLate && v.FalseAlarms == 0
	}
	return e.Kind == behaviour.NoChange && silent(&e.Before) && silent(&e.After)
}

// quietRow sums up a recording in which nothing that changes does anything.
func quietRow(r *behaviour.RecordingReport, quiet int) row {
	switch {
	case r.Incident && quiet == 1:
		return rowOf(columnText(r.Monitors[0].Address.String()), &r.Monitors[0])
	case r.Incident:
		return row{who: Count(quiet, "monitor"), text: "no part in it", note: unchanged, color: dim}
	case r.Stack.After.FalseAlarms > 0:
		return row{who: "nothing that changes fires", note: unchanged, color: dim}
	}
	return row{who: "nothing fires", note: unchanged, color: dim}
}

func rowOf(who string, e *behaviour.Effect) row {
	r := row{who: who, text: Clean(e.Short), color: effectColor(e)}
	if e.Kind == behaviour.NoChange && e.Before.Exists && e.After.Exists {
		r.note = unchanged
	}
	return r
}

func effectColor(e *behaviour.Effect) string {
	switch {
	case e.Regression:
		return red
	case e.Kind == behaviour.NoChange:
		return dim
	case e.Kind == behaviour.Different:
		return yellow
	}
	return green
}

// narrowest is the width below which a text goes onto lines of its own.
const narrowest = 30

// writeRows writes the rows in columns; texts are wrapped within theirs.
func writeRows(out *bufio.Writer, rows []row, s Style) {
	first, second := 0, 0
	for _, r := range rows {
		first = max(first, utf8.RuneCountInString(r.recording))
		second = max(second, utf8.RuneCountInString(r.who))
	}
	margin := 2 + first + 2 + second + 2
	below := s.width()-margin < narrowest
	if below {
		margin = 2 + first + 4
	}
	for _, r := range rows {
		head := fmt.Sprintf("  %-*s  %-*s", first, r.recording, second, r.who)
		if below {
			fmt.Fprintln(out, strings.TrimRight(head, " "))
			head = strings.Repeat(" ", margin-2)
		}
		for i, line := range r.lines(s.width() - margin) {
			if i > 0 {
				head = strings.Repeat(" ", margin-2)
			}
			fmt.Fprintf(out, "%s  %s\n", head, s.paint(r.color, line))
		}
	}
}

// lines wraps the text; the note stands behind it where there is room, else below.
func (r *row) lines(width int) []string {
	lines := wrap(r.text, width)
	if r.note == "" {
		return lines
	}
	if last := len(lines) - 1; last >= 0 && utf8.RuneCountInString(lines[last])+2+len(r.note) <= width {
		lines[last] += "  " + r.note
		return lines
	}
	return append(lines, r.note)
}

// columnText is a name from outside in a column, which all rows have to be as wide as.
func columnText(name string) string { return clip(Clean(name), longestName) }
