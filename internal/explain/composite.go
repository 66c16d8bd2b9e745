package explain

import (
	"ddmon/internal/ddquery"
)

// composite explains queries such as 123 && !456.
func (m *explainer) composite(q *ddquery.CompositeQuery) description {
	var members []string
	for _, id := range q.IDs() {
		members = append(members, m.member(id))
	}
	members = distinct(members)
	r := description{
		measures:   []string{"Combines the states of " + quantity(float64(len(members)), "other monitor") + ": " + list(members, "and") + "."},
		evaluation: []string{"Evaluated after its members."},
		alerts:     []string{"Triggers while this is true: " + m.boolean(q.X, false) + "."},
	}
	r.alerts = append(r.alerts, "A member is triggered while it alerts, warns or has no data.")
	if negated(q) {
		r.alerts = append(r.alerts, `A member after "not" that has no data results in NO DATA.`)
	}
	var both, either bool
	ddquery.Walk(q, func(n ddquery.Node) bool {
		if l, ok := n.(*ddquery.BoolLogic); ok {
			both, either = both || l.Op == "&&", either || l.Op == "||"
		}
		return true
	})
	if both {
		r.alerts = append(r.alerts, `"and" results in the least severe state of its members: an alert and a warning result in a warning.`)
	}
	if either {
		r.alerts = append(r.alerts, `"or" results in the most severe state of its members.`)
	}
	if !m.queryOnly {
		r.alerts = append(r.alerts, "Recovers when it is no longer true.")
	}
	return r
}

// negated reports whether a member is negated.
func negated(q *ddquery.CompositeQuery) bool {
	found := false
	ddquery.Walk(q, func(n ddquery.Node) bool {
		_, not := n.(*ddquery.BoolNot)
		found = found || not
		return !found
	})
	return found
}

// boolean writes a condition in words. A nested "and" or "or" always gets parentheses, even if the query has none.
func (m *explainer) boolean(b ddquery.Bool, inner bool) string {
	switch b := b.(type) {
	case *ddquery.MonitorID:
		return m.member(b)
	case *ddquery.BoolNot:
		return "not " + m.boolean(b.X, true)
	case *ddquery.BoolGroup:
		return m.boolean(b.X, inner)
	case *ddquery.BoolLogic:
		word := " and "
		if b.Op == "||" {
			word = " or "
		}
		text := ""
		for i, term := range b.Terms {
			if i > 0 {
				text += word
			}
			text += m.boolean(term, true)
		}
		if inner {
			return "(" + text + ")"
		}
		return text
	}
	return ""
}

// member returns a member's name if the caller knows it, otherwise its address or id.
func (m *explainer) member(id *ddquery.MonitorID) string {
	address, isNew := m.members[id.ID]
	key := id.ID
	if isNew {
		key = address
	}
	if m.names != nil {
		if name := m.names(key); name != "" {
			return quoted(name)
		}
	}
	if isNew {
		return address
	}
	return "monitor " + key
}
