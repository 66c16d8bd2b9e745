package ddquery

import "slices"

// Groups returns the keys that the query groups by. known is false if the query does not contain them: a composite has
// the groups of its members, and by("*") in a service check means all tags. The groups of a formula's queries are not
// included.
func (q *MonitorQuery) Groups() (keys []string, known bool) {
	switch root := q.Root.(type) {
	case *MetricQuery:
		keys = GroupKeys(root.Expr)
	case *FormulaQuery:
		keys = Names(root.By())
	case *LogQuery:
		keys = Names(root.By())
	case *CheckQuery:
		keys = root.GroupKeys()
	default:
		return nil, false
	}
	return keys, !slices.Contains(keys, "*")
}

// GroupKeys returns the keys that a metric query groups by. count_nonzero and count_not_null count groups, so that their
// result has none.
func GroupKeys(x Expr) (keys []string) {
	Walk(x, func(n Node) bool {
		switch n := n.(type) {
		case *Call:
			return !n.CountsGroups()
		case *GroupBy:
			keys = append(keys, Names(n.Keys)...)
		}
		return true
	})
	return keys
}

// CountsGroups reports whether the result of a call is the number of groups of its argument.
func (c *Call) CountsGroups() bool {
	return c.Name.Name == "count_nonzero" || c.Name.Name == "count_not_null"
}

// GroupKeys returns the keys of the groups. "*" is every combination of tags, but all checks together for percentages.
func (q *CheckQuery) GroupKeys() []string {
	keys := Names(q.By())
	if q.Percentages() {
		keys = slices.DeleteFunc(keys, func(key string) bool { return key == "*" })
	}
	return keys
}
