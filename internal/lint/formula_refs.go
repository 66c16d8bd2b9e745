package lint

import "ddmon/internal/ddquery"

// refsOf returns the queries that a formula uses, in source order. Other words in a function's arguments, such as the
// value of a keyword argument, are not queries.
func refsOf(formula ddquery.Node) []*ddquery.Ref {
	var refs []*ddquery.Ref
	ddquery.Walk(formula, func(n ddquery.Node) bool {
		switch n := n.(type) {
		case *ddquery.Named:
			return false
		case *ddquery.Method:
			return false
		case *ddquery.Ref:
			refs = append(refs, n)
		}
		return true
	})
	return refs
}
