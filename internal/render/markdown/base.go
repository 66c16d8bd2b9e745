package markdown

import (
	"ddmon/internal/plan"
	"ddmon/internal/render"
)

// judged are the changes to show: those of the pull request, and with a base those that set live objects back.
func (m *comment) judged() (own, drift []judged) {
	if m.base == nil {
		return judge(m.plan, func(c *plan.Change) judged {
			return judged{Change: c, page: m.page(c), shifts: shifts(c)}
		}), nil
	}
	live := render.ChangesOf(m.plan)
	own = judge(render.OwnOf(m.base, m.plan), func(c *plan.Change) judged {
		j := judged{Change: c, shifts: shifts(c)}
		if of := live[c.Address]; of != nil {
			j.page = m.page(of)
		}
		return j
	})
	mine := render.ChangesOf(m.base.Config)
	drift = judge(m.base.Drift, func(c *plan.Change) judged {
		j := judged{Change: c, page: m.page(c), both: m.base.Overlap[c.Address]}
		// Its bodies are the live and the desired one. Between them is what the pull request does to the object, too.
		if o := mine[c.Address]; o == nil || o.Action == plan.NoOp {
			j.shifts = shifts(c)
		}
		return j
	})
	return own, drift
}

// page is the link to the live object of a change.
func (m *comment) page(c *plan.Change) markup {
	if m.Links == nil || c.ID == "" {
		return ""
	}
	return link("Open in Datadog", m.Links(c.Address.Kind, c.ID))
}

// setBack says in words what apply does about what happened in Datadog.
func setBack(drift []judged) markup {
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
		{plan.Update, "edited in Datadog", "set back"},
		{plan.Create, "missing in Datadog", "created"},
		{plan.Delete, "left over in Datadog", "deleted"},
		{plan.Blocked, "other than configured", "blocked"},
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
