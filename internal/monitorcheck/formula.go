package monitorcheck

import (
	"strings"

	"ddmon/internal/ddquery"
)

// formula checks that a formula and options.variables name the same queries.
func (k *checker) formula(q *ddquery.FormulaQuery) {
	if !ddquery.Calls(q.Expr, "anomalies") && ddquery.MethodNamed(q.Chain, "anomaly") == nil {
		k.noThresholdWindows()
	}
	k.formulaWindow(q)
	defined := map[string]bool{}
	for _, v := range k.m.Options.Variables {
		if defined[v.Name] {
			k.add("variable_twice", SeverityError, "options.variables", "two queries are named "+v.Name, "give one of them another name")
		}
		defined[v.Name] = true
	}
	used := map[string]bool{}
	ddquery.Walk(q.Expr, func(n ddquery.Node) bool {
		switch n := n.(type) {
		case *ddquery.Named:
			return false
		case *ddquery.Ref:
			used[n.Name] = true
			if !defined[n.Name] {
				k.undefined(n)
			}
		case *ddquery.Call:
			k.function(n)
		}
		return true
	})
	for _, v := range k.m.Options.Variables {
		if !used[v.Name] {
			k.add("variable_unused", SeverityWarning, "options.variables", "the query "+v.Name+" is not in the formula", "use it or take it away")
		}
	}
}

func (k *checker) undefined(ref *ddquery.Ref) {
	var names []string
	for _, v := range k.m.Options.Variables {
		names = append(names, v.Name)
	}
	hint := didYouMean(ref.Name, names)
	if hint == "" {
		hint = "options.variables defines " + strings.Join(names, ", ")
	}
	if names == nil {
		hint = "define it in options.variables"
	}
	k.at(ref, "variable_undefined", SeverityError, "the formula names a query "+ref.Name+" that is not defined", hint)
}

// formulaWindow checks the length of a formula's window; event-like sources look back two days, cost and data
// monitors longer, and which source a variable has is not always known, so that a long one only warns.
func (k *checker) formulaWindow(q *ddquery.FormulaQuery) {
	w := q.Last()
	if ddquery.Sources(k.m.Type) != nil && w.Kind == ddquery.WindowLast {
		k.windowLimit(w, limit{soft: 2 * day, what: "a " + k.m.Type})
	} else {
		k.windowLimit(w, limit{what: "a formula"})
	}
}
