package markdown

import (
	"cmp"
	"io"
	"slices"
	"time"

	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
	"ddmon/internal/render"
	"ddmon/internal/render/safe"
)

// Drift writes a report as an issue or a step's summary, within the same budget and by the same rules as
// Plan. Its first line is <!-- ddmon:drift STACK -->. links may be nil.
func Drift(w io.Writer, shown planfile.ShownDrift, links func(kind, id string) string) error {
	r := shown.Report()
	p := newPage(usualBudget, 0)
	p.add(marker("drift", r.Stack) + "\n### " + driftHeadline(r) + "\n\n")
	if len(r.Drifted) > 0 {
		p.add("Stack " + codeSpan(safe.Clip(r.Stack, longestName)) + ". `ddmon plan` shows what apply would set back.\n\n")
	}
	p.table(driftTable(r, links), p.left*3/4)
	p.table(silencedTable(r, links), p.left)
	return p.writeTo(w)
}

// driftClasses are the classes in the order in which a person has to see them.
func driftClasses() []plan.DriftClass {
	return []plan.DriftClass{
		plan.DriftEdited, plan.DriftDeleted, plan.DriftContested, plan.DriftOrphaned, plan.DriftDuplicate, plan.DriftUnapplied,
	}
}

// driftHeadline counts: "3 objects drifted: 2 edited, 1 deleted".
func driftHeadline(r *plan.DriftReport) markup {
	if len(r.Drifted) == 0 {
		return "No drift: Datadog is as stack " + codeSpan(safe.Clip(r.Stack, longestName)) + " is configured"
	}
	counts := map[plan.DriftClass]int{}
	for i := range r.Drifted {
		counts[r.Drifted[i].Class]++
	}
	var texts []markup
	for _, class := range driftClasses() {
		if n := counts[class]; n > 0 {
			texts = append(texts, number(n)+" "+prose(safe.Line(string(class))))
		}
	}
	return count(len(r.Drifted), "object") + " drifted: " + join(texts, ", ")
}

func driftTable(r *plan.DriftReport, links func(kind, id string) string) table {
	t := table{title: "Drift", thing: "object", header: "| | Object | What differs | Last changed |\n|---|---|---|---|\n"}
	order := driftClasses()
	list := slices.Clone(r.Drifted)
	slices.SortStableFunc(list, func(x, y plan.Drifted) int {
		return cmp.Compare(slices.Index(order, x.Class), slices.Index(order, y.Class))
	})
	for i := range list {
		d := &list[i]
		changed := markup("")
		if at, err := time.Parse(time.RFC3339Nano, d.ModifiedAt); err == nil {
			changed = minute(at)
		}
		t.rows = append(t.rows, "| **"+prose(safe.Line(string(d.Class)))+"** | "+objectCell(d.Address, d.ID, links)+" | "+
			prose(safe.Clip(render.DriftText(d), longestSentence))+" | "+changed+" |\n")
	}
	return t
}

func silencedTable(r *plan.DriftReport, links func(kind, id string) string) table {
	t := table{title: "Silenced for now, which is no drift", thing: "monitor", header: "| | Monitor | What of it | How long |\n|---|---|---|---|\n"}
	for i := range r.Silenced {
		m := &r.Silenced[i]
		t.rows = append(t.rows, "| "+prose(safe.Line(m.By))+" | "+objectCell(m.Address, m.ID, links)+" | "+
			prose(safe.Clip(render.ScopeOf(m), longestSentence))+" | "+untilOf(m)+" |\n")
	}
	return t
}

// objectCell names an object, with a link if it has a page.
func objectCell(a object.Address, id string, links func(kind, id string) string) markup {
	text := codeSpan(safe.Clip(a.String(), longestName))
	if links != nil && id != "" {
		if l := link("open", links(a.Kind, id)); l != "" {
			text += " " + l
		}
	}
	return text
}

// untilOf says when a monitor notifies again.
func untilOf(m *plan.Silenced) markup {
	if m.Until == 0 {
		return "without an end"
	}
	return "until " + minute(time.Unix(m.Until, 0))
}
