package monitor

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/function"
)

// counts reports whether a query counts logs, events or occurrences and does not replace missing data, so that missing
// data is a count of zero.
func (m *Monitor) counts(q *ddquery.MonitorQuery) bool {
	switch root := q.Root.(type) {
	case *ddquery.MetricQuery:
		return root.Change == nil && !replacesMissing(root.Expr) && countsAll(root.Expr, false, isCount, nil)
	case *ddquery.LogQuery:
		agg, _ := root.Rollup()
		return agg == "count"
	case *ddquery.FormulaQuery:
		return !replacesMissing(root.Expr) && countsAll(root.Expr, false, isCount, m.variable(isCount))
	}
	return false
}

// CalculatesZeros reports whether a query is a calculation with several counts and rates and nothing else, judging by
// their modifiers. They are 0 where there is no data, so that the result has a value unless it divides by 0. With a
// single one and numbers, missing data is treated as without the numbers.
func (m *Monitor) CalculatesZeros(q *ddquery.MonitorQuery) (zeros, divides bool) {
	var x ddquery.Expr
	variable := m.variable(isSparse)
	switch root := q.Root.(type) {
	case *ddquery.MetricQuery:
		x, variable = root.Expr, nil
	case *ddquery.FormulaQuery:
		x = root.Expr
	default:
		return false, false
	}
	combines := ddquery.HasArithmetic(x) && replacesMissing(x)
	ddquery.Walk(x, func(n ddquery.Node) bool {
		if b, ok := n.(*ddquery.Binary); ok && !ddquery.IsConstant(b.Y) {
			divides = divides || b.Op == '/'
			combines = combines || !ddquery.IsConstant(b.X)
		}
		return true
	})
	return combines && countsAll(x, false, isSparse, variable), divides
}

// replacesMissing reports whether an expression replaces missing data.
func replacesMissing(x ddquery.Expr) bool { return ddquery.Calls(x, function.MissingFillers()...) }

func isCount(modifier string) bool { return modifier == "as_count" }

// isSparse reports whether a modifier makes missing data 0.
func isSparse(modifier string) bool { return modifier == "as_count" || modifier == "as_rate" }

// variable returns a function that reports whether a query of a formula counts.
func (m *Monitor) variable(is func(modifier string) bool) func(name string) bool {
	return func(name string) bool {
		for i := range m.Options.Variables {
			v := &m.Options.Variables[i]
			if v.Name != name {
				continue
			}
			if x := v.Expr(); x != nil {
				return !replacesMissing(x) && countsAll(x, false, is, nil)
			}
			return v.Compute != nil && v.Compute.Aggregation == "count"
		}
		return false
	}
}

// countsAll reports whether all queries of an expression count, which the function is says of their modifiers. outer
// says it of the modifiers that follow the expression.
func countsAll(x ddquery.Expr, outer bool, is, variable func(name string) bool) bool {
	switch x := x.(type) {
	case *ddquery.Number:
		return true
	case *ddquery.Paren:
		return countsAll(x.X, outer, is, variable)
	case *ddquery.Unary:
		return countsAll(x.X, outer, is, variable)
	case *ddquery.Binary:
		return countsAll(x.X, outer, is, variable) && countsAll(x.Y, outer, is, variable)
	case *ddquery.Modified:
		return countsAll(x.X, counted(x.Modifiers, outer, is), is, variable)
	case *ddquery.Source:
		return counted(x.Modifiers, outer, is)
	case *ddquery.Ref:
		return variable != nil && variable(x.Name)
	case *ddquery.Call:
		return len(x.Args) > 0 && !x.CountsGroups() && countsAll(x.Args[0], outer, is, variable)
	}
	return false
}

// counted applies is to the first of as_count and as_rate among modifiers. Without these it returns outer.
func counted(modifiers []*ddquery.Method, outer bool, is func(name string) bool) bool {
	for _, m := range modifiers {
		if isSparse(m.Name.Name) {
			return is(m.Name.Name)
		}
	}
	return outer
}
