package render

import (
	"cmp"
	"slices"

	"ddmon/internal/behaviour"
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
	var rows []row
	for i := range r.Recordings {
		name := Clean(r.Recordings[i].Recording)
		for _, line := range rowsOf(&r.Recordings[i]) {
			line.recording = name
			rows = append(rows, line)
		}
	}
	for i := range r.NotEvaluated {
		e := &r.NotEvaluated[i]
		rows = append(rows, row{who: Clean(e.Address.String()), text: Clean(e.Short), color: yellow})
	}
	order := []string{red, yellow, green, dim}
	words := map[string]string{red: "**worse**", yellow: "different", green: "better", dim: ""}
	slices.SortStableFunc(rows, func(x, y row) int {
		return cmp.Compare(slices.Index(order, x.color), slices.Index(order, y.color))
	})
	for _, line := range rows {
		text := line.text
		if line.note != "" {
			text += " " + line.note
		}
		recording := ""
		if line.recording != "" {
			recording = codeSpan(clip(line.recording, longestName))
		}
		t.rows = append(t.rows, "| "+words[line.color]+" | "+recording+" | "+prose(clip(line.who, longestName))+" | "+
			prose(clip(text, longestSentence))+" |\n")
	}
	if r.Skipped > 0 {
		t.note = Count(r.Skipped, "recording") + " not replayed: no data for what changes.\n"
	}
	return t
}

// longestSentence is how many characters are shown of a sentence that holds text from outside.
const longestSentence = 600
