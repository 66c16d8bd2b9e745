package explain

import (
	"ddmon/internal/ddquery"
)

// composite explains 123 && !456.
func (m *explainer) composite(q *ddquery.CompositeQuery) reading {
	var members []string
	for _, id := range q.IDs() {
		members = append(members, m.member(id))
	}
	members = distinct(members)
	r := reading{
		measures: []string{"Combines the states of " + count(float64(len(members)), "other monitor") + ": " + list(members, "and") + "."},
		looks:    []string{"It follows its members: it is judged after them."},
		alerts:   []string{"Triggers while this holds: " + m.boolean(q.X, false) + "."},
	}
	r.alerts = append(r.alerts, "A member counts as triggered when it alerts, warns or has no data.")
	var both, either bool
	ddquery.Walk(q, func(n ddquery.Node) bool {
		if l, ok := n.(*ddquery.BoolLogic); ok {
			both, either = both || l.Op == "&&", either || l.Op == "||"
		}
		return true
	})
	if both {
		r.alerts = append(r.alerts, `Joined with "and", the mildest of their states is the result: an alert and a warning make a warning.`)
	}
	if either {
		r.alerts = append(r.alerts, `Joined with "or", the most severe of their states is the result.`)
	}
	if !m.bare {
		r.alerts = append(r.alerts, "Recovers when it does not hold any more.")
	}
	return r
}

// boolean writes a condition as a sentence. An inner "and" or "or" gets parentheses, whether written or not.
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

// member names a member: by what the caller knows, else by its address or id.
func (m *explainer) member(id *ddquery.MonitorID) string {
	address, made := m.members[id.ID]
	key := id.ID
	if made {
		key = address
	}
	if m.names != nil {
		if name := m.names(key); name != "" {
			return quoted(name)
		}
	}
	if made {
		return address
	}
	return "monitor " + key
}
