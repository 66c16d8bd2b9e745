package markdown

import (
	"cmp"
	"slices"

	"ddmon/internal/behaviour"
	"ddmon/internal/render"
	"ddmon/internal/render/safe"
)

// behaviourTable is the section on how the changed monitors behave on recorded data: regressions come first, unchanged
// behaviour comes last.
func behaviourTable(r *behaviour.Report) table {
	t := table{
		title: "Behaviour on recorded data", noun: "line",
		header: "| | Recording | Monitor | Effect |\n|---|---|---|---|\n",
	}
	if r == nil {
		return t
	}
	t.header = prose(render.BehaviourLegend(r)) + "\n\n" + t.header
	var rows []render.Row
	for i := range r.Recordings {
		name := safe.Line(r.Recordings[i].Recording)
		for _, line := range render.BehaviourRows(&r.Recordings[i]) {
			line.Recording = name
			rows = append(rows, line)
		}
	}
	for i := range r.NotEvaluated {
		rows = append(rows, render.NotEvaluatedRow(&r.NotEvaluated[i]))
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
			recording = codeSpan(line.Recording.Clip(maxName))
		}
		t.rows = append(t.rows, "| "+words[line.Tone]+" | "+recording+" | "+prose(line.Subject.Clip(maxName))+" | "+
			prose(text.Clip(maxSentence))+" |\n")
	}
	if r.Skipped > 0 {
		t.note = count(r.Skipped, "recording") + " not replayed: no data for the changed monitors.\n"
	}
	return t
}
