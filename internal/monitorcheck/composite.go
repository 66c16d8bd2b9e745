package monitorcheck

import "ddmon/internal/ddquery"

// maxMembers is the maximum number of members of a composite.
const maxMembers = 10

// composite checks the query of a composite. It does not look up the members.
func (k *checker) composite(q *ddquery.CompositeQuery) {
	k.noThresholdWindows()
	distinct := map[string]bool{}
	for _, id := range q.IDs() {
		if distinct[id.ID] = true; len(distinct) > maxMembers {
			k.at(id, "composite_members", SeverityError, "a composite can have at most 10 members", "split it into several composites")
			break
		}
	}
	ddquery.Walk(q, func(n ddquery.Node) bool {
		or, ok := n.(*ddquery.BoolLogic)
		if !ok || or.Op != "||" {
			return true
		}
		for _, term := range or.Terms {
			if and, ok := term.(*ddquery.BoolLogic); ok {
				k.at(and, "composite_precedence", SeverityWarning, "&& combined with || is ambiguous", "put parentheses around the &&")
			}
		}
		return true
	})
}
