package markdown

import (
	"ddmon/internal/plan"
	"ddmon/internal/render"
)

// entries returns the changes of the pull request and, with a base, the changes that revert drift.
func (m *comment) entries() (own, drift []entry) {
	if m.base == nil {
		return entriesOf(m.plan, func(c *plan.Change) entry {
			return entry{Change: c, page: m.page(c), impacts: impactsOf(c)}
		}), nil
	}
	live := render.ChangesByAddress(m.plan)
	own = entriesOf(render.ConfigChanges(m.base, m.plan), func(c *plan.Change) entry {
		e := entry{Change: c, impacts: impactsOf(c)}
		if of := live[c.Address]; of != nil {
			e.page = m.page(of)
		}
		return e
	})
	mine := render.ChangesByAddress(m.base.Config)
	drift = entriesOf(m.base.Drift, func(c *plan.Change) entry {
		e := entry{Change: c, page: m.page(c), overlap: m.base.Overlap[c.Address]}
		// The bodies are the live and the desired one, so their difference includes what the pull request changes.
		if o := mine[c.Address]; o == nil || o.Action == plan.NoOp {
			e.impacts = impactsOf(c)
		}
		return e
	})
	return own, drift
}

// page is the link to the live object of a change; empty if it has none.
func (m *comment) page(c *plan.Change) markup {
	if m.Links == nil || c.ID == "" {
		return ""
	}
	return link("Open in Datadog", m.Links(c.Address.Kind, c.ID))
}

// driftSummary says what apply does about drift: "2 objects edited in Datadog are reverted".
func driftSummary(drift []entry) markup {
	counts := map[plan.Action]int{}
	for i := range drift {
		counts[drift[i].Action]++
	}
	counts[plan.Update] += counts[plan.Replace]
	var texts []markup
	for _, t := range []struct {
		of         plan.Action
		what, does markup
	}{
		{plan.Update, "edited in Datadog", "reverted"},
		{plan.Create, "missing in Datadog", "created"},
		{plan.Delete, "orphaned in Datadog", "deleted"},
		{plan.Blocked, "out of sync", "blocked"},
	} {
		is := markup(" are ")
		if counts[t.of] == 1 {
			is = " is "
		}
		if n := counts[t.of]; n > 0 {
			texts = append(texts, count(n, "object")+" "+t.what+is+t.does)
		}
	}
	return join(texts, ", ")
}
