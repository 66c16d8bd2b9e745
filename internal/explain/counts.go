package explain

import "ddmon/internal/ddquery"

// counts reports whether an expression counts occurrences, so that missing data is evaluated as 0.
func counts(x ddquery.Expr) bool {
	return mentions(x, "as_count") && !mentions(x, "default_zero") && !mentions(x, "default")
}

// mentions reports whether a node contains a function or modifier with the given name.
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
