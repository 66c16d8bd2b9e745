package explain

import "ddmon/internal/ddquery"

// source says what one metric of a query gives: the sum of x over everything tagged a:b. Groups are said elsewhere.
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
			return "the number of values " + compared(a.Compare.Op, figure(v)) + " of"
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

// excludes says what a filter leaves out that does nothing else: !a,!b leaves out a or b.
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

// filter says which tags a filter asks for. Inside of AND and OR its parentheses stay, so that it reads one way only.
func filter(f ddquery.Filter) string {
	switch f := f.(type) {
	case *ddquery.Tag:
		return ddquery.Print(f)
	case *ddquery.Variable:
		return "as the dashboard's variable " + ddquery.Print(f) + " says"
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

// logic joins a filter's terms, an OR among commas in parentheses.
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
