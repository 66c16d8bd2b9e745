package explain

import (
	"math"
	"strconv"
	"strings"

	"ddmon/internal/ddquery"
)

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

// aggregated names an aggregation of anything.
func aggregated(name string) string {
	switch name {
	case "avg", "mean":
		return "the average of"
	case "sum":
		return "the sum of"
	case "min":
		return "the lowest"
	case "max":
		return "the highest"
	case "count":
		return "the number of values of"
	case "median":
		return "the median of"
	case "last":
		return "the latest"
	}
	digits := strings.TrimPrefix(strings.TrimPrefix(name, "p"), "c")
	if p, err := strconv.ParseFloat(digits, 64); err == nil && digits != name {
		return "the " + figure(p) + "th percentile of"
	}
	return "the " + name + " of"
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

// modified says what a modifier such as .rollup(sum, 60) does.
func modified(m *ddquery.Method) string {
	switch m.Name.Name {
	case "as_count":
		return "as a number of occurrences"
	case "as_rate":
		return "as a rate per second"
	case "weighted":
		return "weighted by how long each value lasted"
	case "fill":
		return filled(m)
	case "rollup":
		return rolledUp(m)
	case "timeshift":
		if seconds, ok := constant(argument(m.Args, 0)); ok {
			return shifted(seconds)
		}
	}
	return "with " + code(strings.TrimPrefix(ddquery.Print(m), "."))
}

// rolledUp explains .rollup(sum, 60), .rollup(60) and .rollup(sum).
func rolledUp(m *ddquery.Method) string {
	text := "rolled up"
	for _, arg := range m.Args {
		if seconds, ok := constant(arg); ok {
			text += " in steps of " + lapse(seconds)
		} else {
			text += " to " + strings.TrimSuffix(aggregated(word(arg)), " of")
		}
	}
	return text
}

// filled explains .fill(last, 600).
func filled(m *ddquery.Method) string {
	how := word(argument(m.Args, 0))
	limit := ""
	if seconds, ok := constant(argument(m.Args, 1)); ok && seconds > 0 {
		limit = " of up to " + lapse(seconds)
	}
	switch how {
	case "null":
		return "with gaps left open"
	case "last":
		return "with gaps" + limit + " filled with the value before"
	case "linear":
		return "with gaps" + limit + " filled by a straight line"
	case "zero":
		how = "0"
	}
	return "with gaps" + limit + " filled with " + how
}

func shifted(seconds float64) string {
	if seconds > 0 {
		return "as it will be " + lapse(seconds) + " later"
	}
	return "as it was " + lapse(math.Abs(seconds)) + " before"
}

// argument returns the nth argument, nil if there are fewer.
func argument(args []ddquery.Expr, n int) ddquery.Expr {
	if n < len(args) {
		return args[n]
	}
	return nil
}

// constant reads a number with or without a minus.
func constant(x ddquery.Expr) (float64, bool) {
	switch x := x.(type) {
	case *ddquery.Number:
		return x.Value, true
	case *ddquery.Unary:
		v, ok := constant(x.X)
		return -v, ok
	}
	return 0, false
}

// word reads an argument that is a word, quoted or not; anything else comes as written.
func word(x ddquery.Expr) string {
	switch x := x.(type) {
	case nil:
		return ""
	case *ddquery.String:
		return x.Value
	case *ddquery.Ref:
		return x.Name
	}
	return ddquery.Print(x)
}
