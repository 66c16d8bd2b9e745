package guide

import (
	"ddmon/internal/ddquery"
)

// grouped reports whether a metric query has groups.
func grouped(q Question) bool {
	if q.Product != Metric {
		return false
	}
	found := false
	visitSources(q.Query, func(s *ddquery.Source) { found = found || s.By != nil })
	return found
}

// countsMissing reports whether a metric query has a point of 0 where nothing was counted, so that 0 can mean that
// there is no data.
func countsMissing(query string) bool {
	found := false
	visitSources(query, func(s *ddquery.Source) {
		found = found || s.Modifier("as_count") != nil || s.Modifier("as_rate") != nil
	})
	x, err := ddquery.ParseMetric(query)
	return found || err == nil && ddquery.Calls(x, "default_zero", "default")
}

// visitSources calls a function for each metric of a query.
func visitSources(query string, visit func(*ddquery.Source)) {
	x, err := ddquery.ParseMetric(query)
	if err != nil {
		return
	}
	ddquery.Walk(x, func(n ddquery.Node) bool {
		if s, ok := n.(*ddquery.Source); ok {
			visit(s)
		}
		return true
	})
}

// term is a condition field:value of a search.
type term struct {
	facet, value string
	// without is the search without the condition, or without the OR that it is part of.
	without string
	// nested means that the condition is in parentheses or an alternative, so that a match may not need it.
	nested bool
}

// searchTerms returns the conditions field:value that a search requires, and the alternatives of each OR.
func searchTerms(query string) []term {
	s, err := ddquery.ParseSearch(query)
	if err != nil || s.Root == nil {
		return nil
	}
	var terms []term
	var visit func(n, outer ddquery.SearchNode)
	visit = func(n, outer ddquery.SearchNode) {
		switch n := n.(type) {
		case *ddquery.SearchLogic:
			for _, t := range n.Terms {
				if n.Op == "AND" && outer == nil {
					visit(t, nil)
				} else {
					visit(t, orElse(outer, n))
				}
			}
		case *ddquery.SearchGroup:
			if _, ok := n.X.(*ddquery.SearchLogic); ok {
				visit(n.X, orElse(outer, n))
			} else {
				visit(n.X, outer)
			}
		case *ddquery.SearchField:
			if value, ok := textOf(n.X); ok && n.Field.Kind != ddquery.FieldCalculated {
				removed := orElse(outer, n)
				terms = append(terms, term{n.Field.Raw, value, query[:removed.Pos()] + "*" + query[removed.End():], outer != nil})
			}
		}
	}
	visit(s.Root, nil)
	return terms
}

// orElse returns the outer node if there is one.
func orElse(outer, n ddquery.SearchNode) ddquery.SearchNode {
	if outer != nil {
		return outer
	}
	return n
}

func textOf(n ddquery.SearchNode) (string, bool) {
	switch n := n.(type) {
	case *ddquery.Term:
		return n.Raw, true
	case *ddquery.Phrase:
		return n.Text, true
	}
	return "", false
}

// metricTerm is a tag that a metric query requires.
type metricTerm struct{ metric, key, value string }

// metricTerms returns the metrics of a query, and the tags that it requires of each.
func metricTerms(query string) (metrics []string, terms []metricTerm) {
	visitSources(query, func(s *ddquery.Source) {
		metrics = append(metrics, s.Metric.Name)
		if s.Scope == nil {
			return
		}
		var visit func(f ddquery.Filter)
		visit = func(f ddquery.Filter) {
			switch f := f.(type) {
			case *ddquery.FilterLogic:
				if f.Op != "OR" {
					for _, t := range f.Terms {
						visit(t)
					}
				}
			case *ddquery.FilterGroup:
				visit(f.X)
			case *ddquery.Tag:
				if f.Value != nil {
					terms = append(terms, metricTerm{s.Metric.Name, f.Key.Name, f.Value.Text})
				}
			}
		}
		visit(s.Scope.Filter)
	})
	return metrics, terms
}
