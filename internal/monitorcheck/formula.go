package monitorcheck

import (
	"strings"

	"ddmon/internal/ddquery"
)

// formula checks that a formula uses exactly the queries in options.variables.
func (k *checker) formula(q *ddquery.FormulaQuery) {
	if !ddquery.Calls(q.Expr, "anomalies") && ddquery.MethodNamed(q.Chain, "anomaly") == nil {
		k.noThresholdWindows()
	}
	k.formulaWindow(q)
	defined := map[string]bool{}
	for _, v := range k.m.Options.Variables {
		if defined[v.Name] {
			k.add("variable_twice", SeverityError, "options.variables", "two queries are named "+v.Name, "rename one of them")
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
			k.add("variable_unused", SeverityWarning, "options.variables", "the formula does not use the query "+v.Name, "use it or remove it")
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
		hint = "use one of options.variables: " + strings.Join(names, ", ")
	}
	if names == nil {
		hint = "define it in options.variables"
	}
	k.at(ref, "variable_undefined", SeverityError, "the query "+ref.Name+" is not defined", hint)
}

// formulaWindow checks the length of a formula's window. Event sources support two days, cost and data monitors more.
// The source of a variable is not always known, so a long window is only a warning.
func (k *checker) formulaWindow(q *ddquery.FormulaQuery) {
	w := q.Last()
	if ddquery.Sources(k.m.Type) != nil && w.Kind == ddquery.WindowLast {
		k.windowLimit(w, limit{soft: 2 * day, what: "type \"" + k.m.Type + "\""})
	} else {
		k.windowLimit(w, limit{what: "a formula"})
	}
}
