package render

import (
	"strings"

	"ddmon/internal/plan"
)

// judged are the changes to show: those of the pull request, and with a base those that set live objects back.
func (m *MarkdownInput) judged() (own, drift []judged) {
	if m.Base == nil {
		return judge(m.Plan, func(c *plan.Change) judged {
			return judged{Change: c, page: m.page(c), shifts: shifts(c)}
		}), nil
	}
	live := changesOf(m.Plan)
	own = judge(ownOf(m.Base, m.Plan), func(c *plan.Change) judged {
		j := judged{Change: c, shifts: shifts(c)}
		if of := live[c.Address]; of != nil {
			j.page = m.page(of)
		}
		return j
	})
	mine := changesOf(m.Base.Own)
	drift = judge(m.Base.Drift, func(c *plan.Change) judged {
		j := judged{Change: c, page: m.page(c), both: m.Base.Both[c.Address]}
		// Its bodies are the live and the desired one. Between them is what the pull request does to the object, too.
		if o := mine[c.Address]; o == nil || o.Action == plan.NoOp {
			j.shifts = shifts(c)
		}
		return j
	})
	return own, drift
}

// page is the link to the live object of a change.
func (m *MarkdownInput) page(c *plan.Change) string {
	if m.Links == nil || c.ID == "" {
		return ""
	}
	return link("Open in Datadog", m.Links(c.Address.Kind, c.ID))
}

// setBack says in words what apply does about what happened in Datadog.
func setBack(drift []judged) string {
	counts := map[plan.Action]int{}
	for i := range drift {
		counts[drift[i].Action]++
	}
	counts[plan.Update] += counts[plan.Replace]
	var texts []string
	for _, t := range []struct {
		of         plan.Action
		what, does string
	}{
		{plan.Update, "edited in Datadog", "set back"},
		{plan.Create, "missing in Datadog", "created"},
		{plan.Delete, "left over in Datadog", "deleted"},
		{plan.Blocked, "other than configured", "blocked"},
	} {
		is := " are "
		if counts[t.of] == 1 {
			is = " is "
		}
		if n := counts[t.of]; n > 0 {
			texts = append(texts, Count(n, "object")+" "+t.what+is+t.does)
		}
	}
	return strings.Join(texts, ", ")
}
