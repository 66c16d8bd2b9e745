package expect

import (
	"ddmon/internal/ddquery"
)

// booleanChanges exchanges && and || in a composite, and negates each member.
func booleanChanges(m *mutable) []change { return editChanges(m, booleanEdits) }

func booleanEdits(m *mutable, p fragment) []edit {
	q, ok := p.root.(*ddquery.CompositeQuery)
	if !ok {
		return nil
	}
	var list []edit
	negated := map[ddquery.Node]bool{}
	ddquery.Walk(q, func(n ddquery.Node) bool {
		switch n := n.(type) {
		case *ddquery.BoolLogic:
			list = append(list, exchanged(n))
		case *ddquery.BoolNot:
			if id, ok := n.X.(*ddquery.MonitorID); ok {
				negated[id] = true
				list = append(list, edit{"negation", "!" + m.member(id.ID), m.member(id.ID), []splice{{n.Pos(), id.Pos(), ""}}})
			}
		case *ddquery.MonitorID:
			if !negated[n] {
				list = append(list, edit{"negation", m.member(n.ID), "!" + m.member(n.ID), []splice{{n.Pos(), n.Pos(), "!"}}})
			}
		}
		return true
	})
	return list
}

// exchanged replaces all operators between the terms of one expression.
func exchanged(n *ddquery.BoolLogic) edit {
	other := "&&"
	if n.Op == other {
		other = "||"
	}
	e := edit{field: "operator", from: n.Op, to: other}
	for i := 1; i < len(n.Terms); i++ {
		e.splices = append(e.splices, splice{n.Terms[i-1].End(), n.Terms[i].Pos(), " " + other + " "})
	}
	return e
}

// member returns the address of a member, or its id.
func (m *mutable) member(id string) string {
	if address, ok := m.refs[id]; ok {
		return address.String()
	}
	return id
}
