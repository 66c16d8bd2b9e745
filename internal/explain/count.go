package explain

import "ddmon/internal/ddquery"

// counts reports whether an expression counts occurrences, which makes silence a 0.
func counts(x ddquery.Expr) bool { return mentions(x, "as_count") && !mentions(x, "default_zero") }

// mentions reports whether a function or modifier of that name is part of a node.
func mentions(x ddquery.Node, name string) bool {
	found := false
	ddquery.Walk(x, func(n ddquery.Node) bool {
		switch n := n.(type) {
		case *ddquery.Method:
			found = found || n.Name.Name == name
		case *ddquery.Call:
			found = found || n.Name.Name == name
		}
		return !found
	})
	return found
}
