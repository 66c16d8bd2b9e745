package markdown

import (
	"cmp"
	"encoding/json"
	"slices"

	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/render/safe"
)

// recipientChange is the recipients of a changed monitor before and after.
type recipientChange struct {
	address         object.Address
	existed, exists bool
	before, after   []string
	removed, added  []string
	sensitive       bool   // the recipients come from a sensitive value
	priority        string // "P3 → P1"; empty if unchanged
}

// rank orders monitors: those that lose recipients come first.
func (r *recipientChange) rank() int {
	switch {
	case len(r.removed) > 0:
		return 0
	case r.priority != "":
		return 1
	case len(r.added) > 0:
		return 2
	}
	return 3
}

// recipients are the recipients of a plan's monitors: a row for each changed monitor, and the total over all monitors.
type recipients struct {
	rows           []recipientChange
	removed, added []string // recipients that no monitor notifies after apply, or that none notified before
}

// recipientsOf includes unchanged monitors: a recipient that one monitor drops can still be notified by another.
func recipientsOf(p *plan.Plan) *recipients {
	all := &recipients{}
	allBefore, allAfter := map[string]bool{}, map[string]bool{}
	for i := range p.Changes {
		c := &p.Changes[i]
		if c.Address.Kind != "monitor" {
			continue
		}
		before, after := sidesOf(c)
		r := recipientChange{
			address: c.Address, existed: before.body != nil, exists: after.body != nil, before: handlesOf(before), after: handlesOf(after),
		}
		r.sensitive = after.isSensitive("message") || after.isSensitive("options", "escalation_message")
		for _, h := range r.before {
			allBefore[h] = true
		}
		for _, h := range r.after {
			allAfter[h] = true
		}
		r.removed, r.added = compareHandles(r.before, r.after)
		if r.existed && r.exists {
			if from, to := priority(before), priority(after); from != to {
				r.priority = from + " → " + to
			}
		}
		if c.Action != plan.NoOp && c.Action != plan.Blocked {
			all.rows = append(all.rows, r)
		}
	}
	slices.SortStableFunc(all.rows, func(x, y recipientChange) int { return cmp.Compare(x.rank(), y.rank()) })
	all.removed, all.added = compareHandles(object.SortedKeys(allBefore), object.SortedKeys(allAfter))
	return all
}

// sidesOf returns a monitor before and after a change. Both are the same for an unchanged or blocked monitor.
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

// recipientsTable is the section on who gets the notifications of the changed monitors.
func recipientsTable(all *recipients, offline bool) table {
	t := table{
		title: "Recipients", noun: "monitor",
		header: "| Monitor | In Datadog | After apply | Change |\n|---|---|---|---|\n",
	}
	if offline {
		t.header = "| Monitor | Before | After | Change |\n|---|---|---|---|\n"
	}
	same := 0
	for i := range all.rows {
		r := &all.rows[i]
		if r.isSame() && !r.sensitive && len(all.rows) > fewRows {
			same++
			continue
		}
		cells := []markup{codeSpan(safe.Clip(r.address.String(), maxName)), "*does not exist*", "*deleted*", r.difference()}
		if r.existed {
			cells[1] = handleList(r.before)
		}
		switch {
		case r.existed && r.exists && len(r.removed)+len(r.added) == 0:
			cells[2] = "unchanged"
		case r.exists:
			cells[2] = handleList(r.after)
		}
		if r.sensitive {
			cells[1], cells[2] = "*sensitive*", "*sensitive*"
		}
		t.rows = append(t.rows, "| "+join(cells, " | ")+" |\n")
	}
	if same > 0 {
		t.note = count(same, "other changed monitor") + ": recipients and priority unchanged.\n"
	}
	return t
}

// fewRows is the number of changed monitors up to which those with unchanged recipients are listed too.
const fewRows = 12

// isSame reports whether a monitor keeps its recipients and priority.
func (r *recipientChange) isSame() bool { return r.existed && r.exists && r.difference() == "" }

// difference describes what a reviewer needs to check.
func (r *recipientChange) difference() markup {
	var texts []markup
	if len(r.removed) > 0 {
		texts = append(texts, "**removed** "+handleList(r.removed))
	}
	if len(r.added) > 0 {
		texts = append(texts, "added "+handleList(r.added))
	}
	if r.priority != "" {
		texts = append(texts, "priority "+prose(safe.Line(r.priority)))
	}
	return join(texts, "; ")
}
