package markdown

import (
	"cmp"
	"slices"

	"ddmon/internal/behaviour"
	"ddmon/internal/render"
	"ddmon/internal/render/safe"
)

// behaviourTable is the section of what the plan would have meant in recorded time: what gets worse comes first, what
// stays the same last.
func behaviourTable(r *behaviour.Report) table {
	t := table{
		title: "Behaviour in recorded time", thing: "line",
		header: "| | Recording | Monitor | Effect |\n|---|---|---|---|\n",
	}
	if r == nil {
		return t
	}
	var rows []render.Row
	for i := range r.Recordings {
		name := safe.Line(r.Recordings[i].Recording)
		for _, line := range render.RowsOf(&r.Recordings[i]) {
			line.Recording = name
			rows = append(rows, line)
		}
	}
	for i := range r.NotEvaluated {
		rows = append(rows, render.NotEvaluated(&r.NotEvaluated[i]))
	}
	order := []safe.Tone{safe.Red, safe.Yellow, safe.Green, safe.Dim}
	words := map[safe.Tone]markup{safe.Red: "**worse**", safe.Yellow: "different", safe.Green: "better", safe.Dim: ""}
	slices.SortStableFunc(rows, func(x, y render.Row) int {
		return cmp.Compare(slices.Index(order, x.Tone), slices.Index(order, y.Tone))
	})
	for _, line := range rows {
		text := line.Text
		if line.Note != "" {
			text += " " + line.Note
		}
		recording := markup("")
		if line.Recording != "" {
			recording = codeSpan(line.Recording.Clip(longestName))
		}
		t.rows = append(t.rows, "| "+words[line.Tone]+" | "+recording+" | "+prose(line.Who.Clip(longestName))+" | "+
			prose(text.Clip(longestSentence))+" |\n")
	}
	if r.Skipped > 0 {
		t.note = count(r.Skipped, "recording") + " not replayed: no data for what changes.\n"
	}
	return t
}

// longestSentence is how many characters are shown of a sentence that holds text from outside.
const longestSentence = 600
