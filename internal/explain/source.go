package explain

import "ddmon/internal/ddquery"

// source describes one metric of a query: "the sum of x over everything tagged a:b". Groups are described elsewhere.
func source(s *ddquery.Source) string {
	text := spaceAgg(s.Agg) + " " + s.Metric.Name + " over " + scope(s.Scope)
	for _, modifier := range s.Modifiers {
		text += ", " + modified(modifier)
	}
	return text
}

func spaceAgg(a *ddquery.SpaceAgg) string {
	if a == nil {
		return "the average of"
	}
	if a.Compare != nil {
		if v, ok := a.Compare.Value(); ok {
			return "the number of values " + compared(a.Compare.Op, formatNumber(v)) + " of"
		}
	}
	return aggregated(a.Name)
}

func scope(s *ddquery.Scope) string {
	if s == nil || s.Filter == nil {
		return "everything"
	}
	switch f := s.Filter.(type) {
	case *ddquery.Everything:
		return "everything"
	case *ddquery.FilterNot:
		return "everything not tagged " + filter(f.X)
	case *ddquery.In:
		if f.Not {
			return "everything not tagged " + oneOf(f)
		}
		return "everything tagged " + oneOf(f)
	case *ddquery.FilterLogic:
		if excluded := excludes(f); excluded != "" {
			return "everything not tagged " + excluded
		}
	}
	return "everything tagged " + filter(s.Filter)
}

// excludes describes a filter that only excludes tags: !a,!b excludes a or b; "" for any other filter.
func excludes(f *ddquery.FilterLogic) string {
	var terms []string
	for _, term := range f.Terms {
		not, ok := term.(*ddquery.FilterNot)
		if !ok || f.Op == "OR" {
			return ""
		}
		terms = append(terms, filter(not.X))
	}
	return list(terms, "or")
}

func oneOf(f *ddquery.In) string {
	var values []string
	for _, v := range f.Values {
		values = append(values, f.Key.Name+":"+v.Text)
	}
	return list(values, "or")
}

// filter describes the tags that a filter matches. Parentheses inside AND and OR are kept to avoid ambiguity.
func filter(f ddquery.Filter) string {
	switch f := f.(type) {
	case *ddquery.Tag:
		return ddquery.Print(f)
	case *ddquery.Variable:
		return "with the template variable " + ddquery.Print(f)
	case *ddquery.FilterGroup:
		return "(" + filter(f.X) + ")"
	case *ddquery.FilterNot:
		return "not " + filter(f.X)
	case *ddquery.In:
		if f.Not {
			return "not (" + oneOf(f) + ")"
		}
		return "(" + oneOf(f) + ")"
	case *ddquery.FilterLogic:
		return logic(f)
	}
	return "anything"
}

// logic joins the terms of a filter. An OR inside a comma-separated filter gets parentheses.
func logic(f *ddquery.FilterLogic) string {
	var terms []string
	for _, term := range f.Terms {
		text := filter(term)
		if inner, ok := term.(*ddquery.FilterLogic); ok && inner.Op == "OR" {
			text = "(" + text + ")"
		}
		terms = append(terms, text)
	}
	if f.Op == "OR" {
		return list(terms, "or")
	}
	return list(terms, "and")
}
