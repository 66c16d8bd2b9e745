package terminal

import (
	"ddmon/internal/behaviour"
	"ddmon/internal/render"
	"ddmon/internal/render/safe"
)

// behaviour writes how the changed monitors behave on recorded data: a line for each monitor and recording, with a
// summary of monitors that do not alert. It writes nothing for an empty report.
func (o output) behaviour(r *behaviour.Report) {
	var rows []render.Row
	for i := range r.Recordings {
		rows = append(rows, render.BehaviourRows(&r.Recordings[i])...)
	}
	for i := range r.NotEvaluated {
		rows = append(rows, render.NotEvaluatedRow(&r.NotEvaluated[i]))
	}
	if len(rows) == 0 {
		return
	}
	o.Println(o.Paint(safe.Bold, "Behaviour"))
	for _, line := range render.BehaviourLegend(r).Wrap(o.Columns() - 2) {
		o.Printf("  %s\n", o.Paint(safe.Dim, line))
	}
	o.rows(rows)
	if r.Skipped > 0 {
		o.Printf("  %s\n", o.Paint(safe.Dim, safe.Count(r.Skipped, "recording")+" not replayed: no data for the changed monitors."))
	}
	o.Println()
}

// minTextWidth is the width of the text column below which the text moves to the next line.
const minTextWidth = 30

// rows writes the rows in columns, with the text wrapped within its column.
func (o output) rows(rows []render.Row) {
	first, second := 0, 0
	for _, r := range rows {
		first = max(first, r.Recording.Width())
		second = max(second, r.Subject.Width())
	}
	margin := 2 + first + 2 + second + 2
	below := o.Columns()-margin < minTextWidth
	if below {
		margin = 2 + first + 4
	}
	for i := range rows {
		r := &rows[i]
		head := "  " + r.Recording.Pad(first) + "  " + r.Subject.Pad(second)
		if below {
			o.Println(head.TrimTrailingSpaces())
			head = safe.Repeat(" ", margin-2)
		}
		for i, line := range rowLines(r, o.Columns()-margin) {
			if i > 0 {
				head = safe.Repeat(" ", margin-2)
			}
			o.Printf("%s  %s\n", head, o.Paint(r.Tone, line))
		}
	}
}

// rowLines wraps the text. The note goes onto the last line if there is room, else below it.
func rowLines(r *render.Row, width int) []safe.Text {
	lines := r.Text.Wrap(width)
	if r.Note == "" {
		return lines
	}
	if last := len(lines) - 1; last >= 0 && lines[last].Width()+2+len(r.Note) <= width {
		lines[last] += "  " + r.Note
		return lines
	}
	return append(lines, r.Note)
}
