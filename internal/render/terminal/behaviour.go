package terminal

import (
	"ddmon/internal/behaviour"
	"ddmon/internal/render"
	"ddmon/internal/render/safe"
)

// behaviour writes what a plan would have meant in recorded time: one line for each monitor in each recording. What
// stays quiet before and after is summed up. With nothing to say it writes nothing.
func (o output) behaviour(r *behaviour.Report) {
	var rows []render.Row
	for i := range r.Recordings {
		rows = append(rows, render.RowsOf(&r.Recordings[i])...)
	}
	for i := range r.NotEvaluated {
		rows = append(rows, render.NotEvaluated(&r.NotEvaluated[i]))
	}
	if len(rows) == 0 {
		return
	}
	o.Println(o.Paint(safe.Bold, "Behaviour"))
	o.rows(rows)
	if r.Skipped > 0 {
		o.Printf("  %s\n", o.Paint(safe.Dim, safe.Count(r.Skipped, "recording")+" not replayed: no data for what changes."))
	}
	o.Println()
}

// narrowest is the width below which a text goes onto lines of its own.
const narrowest = 30

// rows writes the rows in columns; texts are wrapped within theirs.
func (o output) rows(rows []render.Row) {
	first, second := 0, 0
	for _, r := range rows {
		first = max(first, r.Recording.Width())
		second = max(second, r.Who.Width())
	}
	margin := 2 + first + 2 + second + 2
	below := o.Columns()-margin < narrowest
	if below {
		margin = 2 + first + 4
	}
	for i := range rows {
		r := &rows[i]
		head := "  " + r.Recording.Pad(first) + "  " + r.Who.Pad(second)
		if below {
			o.Println(head.TrimBlanks())
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

// rowLines wraps the text; the note follows it where there is room, else below.
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
