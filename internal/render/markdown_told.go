package render

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// handlesOf lists whom a monitor's message mentions, each once, in order of the text.
func handlesOf(s *monitorSide) []string {
	message := s.text("message")
	if s.c.Address.Kind != "monitor" || !strings.Contains(message, "@") {
		return nil
	}
	template, _ := ddquery.ParseTemplate(message) // what is wrong with it is not this package's business
	var names []string
	seen := map[string]bool{}
	for _, h := range template.Handles() {
		if !seen[h.Raw] {
			seen[h.Raw] = true
			names = append(names, h.Raw)
		}
	}
	return names
}

// compareHandles tells apart who is told no longer, newly and as before.
func compareHandles(before, after []string) (lost, gained, kept []string) {
	was, is := map[string]bool{}, map[string]bool{}
	for _, h := range before {
		was[h] = true
	}
	for _, h := range after {
		is[h] = true
		if !was[h] {
			gained = append(gained, h)
		}
	}
	for _, h := range before {
		if is[h] {
			kept = append(kept, h)
		} else {
			lost = append(lost, h)
		}
	}
	return lost, gained, kept
}

// told is whom a monitor tells now and before.
type told struct {
	address            object.Address
	lost, gained, kept []string
	priority           string // "P3 → P1"; empty if it stays
}

// weight orders monitors: those that tell somebody no longer come first.
func (t *told) weight() int {
	switch {
	case len(t.lost) > 0:
		return 0
	case t.priority != "":
		return 1
	}
	return 2
}

// audience is whom the monitors of a plan tell: row by row for those where it changes, and over all of them.
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
		before, after := sidesOf(c)
		old, new := handlesOf(before), handlesOf(after)
		for _, h := range old {
			was[h] = true
		}
		for _, h := range new {
			is[h] = true
		}
		t := told{address: c.Address}
		t.lost, t.gained, t.kept = compareHandles(old, new)
		if before.body != nil && after.body != nil && c.Address.Kind == "monitor" {
			if from, to := priority(before), priority(after); from != to {
				t.priority = from + " → " + to
			}
		}
		if len(t.lost)+len(t.gained) > 0 || t.priority != "" {
			a.rows = append(a.rows, t)
		}
	}
	slices.SortStableFunc(a.rows, func(x, y told) int { return cmp.Compare(x.weight(), y.weight()) })
	a.lost, a.gained, _ = compareHandles(object.SortedKeys(was), object.SortedKeys(is))
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
		return "P" + Clean(n.String())
	}
	return "none"
}

// toldTable is the section of whom the monitors tell.
func toldTable(a *audience) table {
	t := table{
		title: "Who is told", thing: "monitor",
		header: "| Monitor | No longer told | Newly told | Told as before | Priority |\n|---|---|---|---|---|\n",
	}
	for i := range a.rows {
		r := &a.rows[i]
		cells := []string{codeSpan(clip(r.address.String(), longestName)), handles(r.lost), handles(r.gained), handles(r.kept), prose(r.priority)}
		t.rows = append(t.rows, "| "+strings.Join(cells, " | ")+" |\n")
	}
	return t
}

// longestName is how many characters are shown of a name outside a fence, and mostHandles how many handles in a row.
const (
	longestName = 100
	mostHandles = 8
)

// handles lists handles as code, so that GitHub notifies nobody.
func handles(list []string) string {
	names := make([]string, 0, mostHandles+1)
	for i, h := range list {
		if i == mostHandles {
			names = append(names, "and "+Count(len(list)-i, "other"))
			break
		}
		names = append(names, codeSpan(clip(h, longestName)))
	}
	return strings.Join(names, ", ")
}

// clipped cuts handles to a length and a number for a sentence.
func clipped(list []string) []string {
	var out []string
	for i, h := range list {
		if i == mostHandles {
			return append(out, "and "+Count(len(list)-i, "other"))
		}
		out = append(out, clip(h, longestName))
	}
	return out
}
