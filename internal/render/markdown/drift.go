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

// Drift writes a report as an issue or a step summary, with the budget and the escaping of Plan. Its first line is
// <!-- ddmon:drift STACK -->. links can be nil.
func Drift(w io.Writer, shown planfile.RedactedDrift, links func(kind, id string) string) error {
	r := shown.Report()
	p := newPage(defaultBudget, 0)
	p.add(marker("drift", r.Stack) + "\n### " + driftHeadline(r) + "\n\n")
	if len(r.Drifted) > 0 {
		p.add("Stack " + codeSpan(safe.Clip(r.Stack, maxName)) + ". Run `ddmon plan` to see what apply would change.\n\n")
	}
	p.table(driftTable(r, links), p.left*3/4)
	p.table(mutedTable(r, links), p.left)
	return p.writeTo(w)
}

// driftHeadline counts the objects by class: "3 objects differ: 2 edited, 1 deleted".
func driftHeadline(r *plan.DriftReport) markup {
	if len(r.Drifted) == 0 {
		return "No drift: Datadog matches stack " + codeSpan(safe.Clip(r.Stack, maxName))
	}
	verb := markup(" differ: ")
	if len(r.Drifted) == 1 {
		verb = " differs: "
	}
	return count(len(r.Drifted), "object") + verb + prose(safe.Line(render.DriftCounts(r)))
}

func driftTable(r *plan.DriftReport, links func(kind, id string) string) table {
	t := table{title: "Drift", noun: "object", header: "| | Object | Differences | Last changed |\n|---|---|---|---|\n"}
	order := render.DriftClasses()
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
			prose(safe.Clip(render.DriftText(d), maxSentence))+" | "+changed+" |\n")
	}
	return t
}

func mutedTable(r *plan.DriftReport, links func(kind, id string) string) table {
	t := table{title: "Muted (not drift)", noun: "monitor", header: "| | Monitor | Scope | Duration |\n|---|---|---|---|\n"}
	for i := range r.Silenced {
		m := &r.Silenced[i]
		t.rows = append(t.rows, "| "+prose(safe.Line(m.By))+" | "+objectCell(m.Address, m.ID, links)+" | "+
			prose(safe.Clip(render.MutedScope(m), maxSentence))+" | "+mutedUntil(m)+" |\n")
	}
	return t
}

// objectCell is the address of an object, with a link if it has a page.
func objectCell(a object.Address, id string, links func(kind, id string) string) markup {
	text := codeSpan(safe.Clip(a.String(), maxName))
	if links != nil && id != "" {
		if l := link("open", links(a.Kind, id)); l != "" {
			text += " " + l
		}
	}
	return text
}

// mutedUntil says when a mute or downtime ends.
func mutedUntil(m *plan.Silenced) markup {
	if m.Until == 0 {
		return "indefinitely"
	}
	return "until " + minute(time.Unix(m.Until, 0))
}
