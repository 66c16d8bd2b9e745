package expect

import (
	"slices"

	"ddmon/internal/ddquery"
)

// strictnessChanges includes the threshold in the comparison, or excludes it.
func strictnessChanges(m *mutable) []change {
	return editChanges(m, func(m *mutable, p fragment) []edit {
		c := m.query.Comparison()
		if c == nil || p.root != m.query.Root {
			return nil
		}
		other := map[string]string{">": ">=", ">=": ">", "<": "<=", "<=": "<"}[c.Op]
		if other == "" {
			return nil
		}
		return []edit{{"comparator", c.Op, other, []splice{{c.Pos(), c.Pos() + len(c.Op), other}}}}
	})
}

// aggregators are the time aggregations that people confuse.
var aggregators = []string{"avg", "max", "min"}

// aggregatorChanges changes the aggregation over the window, of the query and of the queries of a formula.
func aggregatorChanges(m *mutable) []change {
	list := editChanges(m, func(_ *mutable, p fragment) []edit {
		q, ok := p.root.(*ddquery.MetricQuery)
		if !ok || sumsCounts(q.Expr) {
			return nil
		}
		var list []edit
		for _, name := range aggregators {
			if name != q.Agg.Name {
				list = append(list, edit{"aggregator", q.Agg.Name, name, []splice{replaceNode(q.Agg, name)}})
			}
		}
		return list
	})
	variables, _ := m.options["variables"].([]any)
	for i := range variables {
		for _, name := range aggregators {
			list = append(list, change{field: "aggregator", edit: func(m *mutable) (from, to string, ok bool) {
				if list, _ := m.options["variables"].([]any); i >= len(list) {
					return "", "", false
				}
				v := m.variable(i)
				if from, ok = v["aggregator"].(string); ok {
					v["aggregator"] = name
				}
				return from, name, ok
			}})
		}
	}
	return list
}

// sumsCounts reports whether an expression is arithmetic with as_count. Datadog adds up its counts over the window,
// whatever the aggregation is.
func sumsCounts(x ddquery.Expr) bool {
	arithmetic, counts := false, false
	ddquery.Walk(x, func(n ddquery.Node) bool {
		switch n := n.(type) {
		case *ddquery.Binary:
			arithmetic = true
		case *ddquery.Method:
			counts = counts || n.Name.Name == "as_count"
		}
		return true
	})
	return arithmetic && counts
}

// filterChanges removes one tag of a scope, or one term of a search.
func filterChanges(m *mutable) []change { return editChanges(m, filterEdits) }

func filterEdits(_ *mutable, p fragment) []edit {
	var list []edit
	ddquery.Walk(p.root, func(n ddquery.Node) bool {
		switch n := n.(type) {
		case *ddquery.Scope:
			list = append(list, dropTerms(p, filterTerms(n.Filter))...)
			return false
		case *ddquery.Search:
			list = append(list, dropTerms(p, searchTerms(n.Root))...)
			return false
		}
		return true
	})
	if q, ok := p.root.(*ddquery.CheckQuery); ok {
		for _, tag := range q.Over() {
			list = append(list, edit{"filter", tag.Name, nothing, []splice{replaceNode(tag, "*")}})
		}
	}
	return slices.DeleteFunc(list, func(e edit) bool { return e.from == "*" })
}

// filterTerms returns the terms that must all be true.
func filterTerms(f ddquery.Node) []ddquery.Node {
	switch f := f.(type) {
	case nil, *ddquery.Everything:
		return nil
	case *ddquery.FilterLogic:
		if f.Op == "OR" {
			return []ddquery.Node{f}
		}
		return nodes(f.Terms)
	}
	return []ddquery.Node{f}
}

// searchTerms returns the terms that must all be true.
func searchTerms(s ddquery.SearchNode) []ddquery.Node {
	switch s := s.(type) {
	case nil:
		return nil
	case *ddquery.SearchLogic:
		if s.Op == "OR" {
			return []ddquery.Node{s}
		}
		return nodes(s.Terms)
	}
	return []ddquery.Node{s}
}

func nodes[N ddquery.Node](list []N) []ddquery.Node {
	var all []ddquery.Node
	for _, n := range list {
		all = append(all, n)
	}
	return all
}

// dropTerms returns an edit for each term that removes it, with its operator.
func dropTerms(p fragment, terms []ddquery.Node) []edit {
	var list []edit
	for i, t := range terms {
		s := replaceNode(t, "*")
		switch {
		case len(terms) == 1:
		case i < len(terms)-1:
			s = splice{t.Pos(), terms[i+1].Pos(), ""}
		default:
			s = splice{terms[i-1].End(), t.End(), ""}
		}
		if inner := filterTerms(t); len(inner) > 1 {
			list = append(list, dropTerms(p, inner)...)
			continue
		}
		list = append(list, edit{"filter", p.text[t.Pos():t.End()], nothing, []splice{s}})
	}
	return list
}
