package markdown

import (
	"cmp"
	"encoding/json"
	"slices"

	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/render/safe"
)

// told is whom a monitor that changes tells now and after.
type told struct {
	address       object.Address
	was, is       bool // there is such a monitor
	before, after []string
	lost, gained  []string
	hidden        bool   // whom it tells comes from a sensitive value
	priority      string // "P3 → P1"; empty if it stays
}

// weight orders monitors: those that tell somebody no longer come first.
func (t *told) weight() int {
	switch {
	case len(t.lost) > 0:
		return 0
	case t.priority != "":
		return 1
	case len(t.gained) > 0:
		return 2
	}
	return 3
}

// audience is whom the monitors of a plan tell: row by row for those that change, and over all of them.
type audience struct {
	rows         []told
	lost, gained []string // whom no monitor tells any more; whom none did
}

// audienceOf looks at all monitors of a plan, those that do not change too.
func audienceOf(p *plan.Plan) *audience {
	a := &audience{}
	was, is := map[string]bool{}, map[string]bool{}
	for i := range p.Changes {
		c := &p.Changes[i]
		if c.Address.Kind != "monitor" {
			continue
		}
		before, after := sidesOf(c)
		t := told{address: c.Address, was: before.body != nil, is: after.body != nil, before: handlesOf(before), after: handlesOf(after)}
		t.hidden = after.hides("message") || after.hides("options", "escalation_message")
		for _, h := range t.before {
			was[h] = true
		}
		for _, h := range t.after {
			is[h] = true
		}
		t.lost, t.gained = compareHandles(t.before, t.after)
		if t.was && t.is {
			if from, to := priority(before), priority(after); from != to {
				t.priority = from + " → " + to
			}
		}
		if c.Action != plan.NoOp && c.Action != plan.Blocked {
			a.rows = append(a.rows, t)
		}
	}
	slices.SortStableFunc(a.rows, func(x, y told) int { return cmp.Compare(x.weight(), y.weight()) })
	a.lost, a.gained = compareHandles(object.SortedKeys(was), object.SortedKeys(is))
	return a
}

// sidesOf are the two sides of a change; what does not change is the same on both.
func sidesOf(c *plan.Change) (before, after *monitorSide) {
	before, after = &monitorSide{c, c.Before}, &monitorSide{c, c.After}
	switch c.Action {
	case plan.NoOp, plan.Blocked:
		if before.body == nil {
			before.body = c.After
		}
		if c.Action == plan.Blocked {
			before.body = c.Before
		}
		after = before
	case plan.Create, plan.Update, plan.Replace, plan.Delete:
	}
	return before, after
}

func priority(s *monitorSide) string {
	if n, ok := s.value("priority").(json.Number); ok {
		return "P" + n.String()
	}
	return "none"
}

// toldTable is the section of whom the monitors that change tell.
func toldTable(a *audience, offline bool) table {
	t := table{
		title: "Who is told", thing: "monitor",
		header: "| Monitor | Now, in Datadog | After apply | What changes |\n|---|---|---|---|\n",
	}
	if offline {
		t.header = "| Monitor | Before | After | What changes |\n|---|---|---|---|\n"
	}
	same := 0
	for i := range a.rows {
		r := &a.rows[i]
		if r.isSame() && !r.hidden && len(a.rows) > fewRows {
			same++
			continue
		}
		cells := []markup{codeSpan(safe.Clip(r.address.String(), longestName)), "*does not exist*", "*deleted*", r.difference()}
		if r.was {
			cells[1] = handles(r.before)
		}
		switch {
		case r.was && r.is && len(r.lost)+len(r.gained) == 0:
			cells[2] = "the same"
		case r.is:
			cells[2] = handles(r.after)
		}
		if r.hidden {
			cells[1], cells[2] = "*sensitive*", "*sensitive*"
		}
		t.rows = append(t.rows, "| "+join(cells, " | ")+" |\n")
	}
	if same > 0 {
		t.note = count(same, "other changed monitor") + ": the same people as before, at the same priority.\n"
	}
	return t
}

// fewRows is up to how many monitors are listed although nothing changes in whom they tell.
const fewRows = 12

// isSame reports whether a monitor that stays tells whom it told.
func (t *told) isSame() bool { return t.was && t.is && t.difference() == "" }

// difference says what of it a reviewer has to look at.
func (t *told) difference() markup {
	var texts []markup
	if len(t.lost) > 0 {
		texts = append(texts, "**no longer** "+handles(t.lost))
	}
	if len(t.gained) > 0 {
		texts = append(texts, "newly "+handles(t.gained))
	}
	if t.priority != "" {
		texts = append(texts, "priority "+prose(safe.Line(t.priority)))
	}
	return join(texts, "; ")
}
