package monitorcheck

import (
	"slices"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/function"
)

// timeAggregators are what a metric monitor may do with the points in its window.
var timeAggregators = []string{"avg", "sum", "min", "max", "percentile"}

func (k *checker) metric(q *ddquery.MetricQuery) {
	if !slices.Contains(timeAggregators, q.Agg.Name) {
		k.at(q.Agg, "time_aggregator", SeverityError, q.Agg.Name+" is not a time aggregation",
			"use "+strings.Join(timeAggregators, ", ")).Server = serverQuery
	}
	k.metricWindow(q)
	k.algorithm(q)
	counts, binary := false, false
	ddquery.Walk(q.Expr, func(n ddquery.Node) bool {
		switch n := n.(type) {
		case *ddquery.Source:
			k.source(n)
			counts = counts || n.Modifier("as_count") != nil
		case *ddquery.Call:
			k.function(n)
		case *ddquery.Binary:
			binary = true
		case *ddquery.Modified:
			k.modifiers(n.Modifiers)
			k.at(n, "modifier_place", SeverityWarning, "a modifier stands behind an expression", "put it directly behind the metric's {…} or by {…}")
		}
		return true
	})
	if counts && binary && q.Agg.Name != "sum" && algorithmOf(q.Expr) == "" {
		k.at(q.Agg, "as_count_aggregation", SeverityWarning, "arithmetic with .as_count() adds up over the window, whatever "+q.Agg.Name+" says",
			"write sum as the time aggregation")
	}
}

// source checks one metric with its scope and modifiers.
func (k *checker) source(s *ddquery.Source) {
	if s.Agg != nil && !isSpaceAgg(s.Agg.Name) {
		k.at(s.Agg, "space_aggregator", SeverityError, s.Agg.Name+" is not a space aggregation",
			"use avg, sum, min, max, count or a percentile such as p95").Server = serverQuery
	}
	if s.Scope.Filter == nil {
		k.at(s.Scope, "empty_scope", SeverityWarning, "the scope of "+s.Metric.Name+" is empty", "write {*}")
	} else {
		k.filter(s.Scope.Filter)
	}
	if s.By != nil {
		for _, key := range s.By.Keys {
			if strings.HasPrefix(key.Name, "$") {
				k.templateVariable(key, key.Name)
			}
		}
	}
	k.modifiers(s.Modifiers)
}

// templateVariable reports a dashboard's variable in a monitor.
func (k *checker) templateVariable(n ddquery.Node, name string) {
	k.at(n, "template_variable", SeverityWarning, name+" is a dashboard's template variable, which a monitor does not have", "write the tag itself")
}

// filter checks that words and symbols are not mixed, and what a monitor cannot use.
func (k *checker) filter(root ddquery.Filter) {
	var symbol, word ddquery.Node
	ddquery.Walk(root, func(n ddquery.Node) bool {
		switch n := n.(type) {
		case *ddquery.FilterLogic:
			if n.Op == "," {
				symbol = n
			} else {
				word = n
			}
		case *ddquery.FilterNot:
			if n.Op == "!" {
				symbol = n
			} else {
				word = n
			}
		case *ddquery.Variable:
			k.templateVariable(n, "$"+n.Name)
		case *ddquery.Tag:
			k.tag(n)
		}
		return true
	})
	if symbol != nil && word != nil {
		k.at(root, "mixed_filter", SeverityError, "the filter mixes the symbols , and ! with the words AND, OR and NOT",
			"write words only: a:b AND NOT c:d")
	}
}

func (k *checker) tag(tag *ddquery.Tag) {
	switch {
	case tag.Value == nil:
	case tag.Value.Raw == "":
		k.at(tag, "empty_value", SeverityWarning, "the tag "+tag.Key.Name+": has no value", "write "+tag.Key.Name+":* for any value")
	case tag.Value.Regex || tag.Value.Quoted:
		k.at(tag.Value, "quoted_value", SeverityWarning, "a quoted value may not be understood in a metric's filter", "write the value as it is, with * as wildcard")
	default:
		if name, ok := tag.Value.Variable(); ok {
			k.templateVariable(tag.Value, "$"+name)
		}
	}
}

func (k *checker) modifiers(chain []*ddquery.Method) {
	for _, m := range chain {
		known := function.FindModifier(m.Name.Name)
		if known == nil {
			k.at(m.Name, "unknown_modifier", SeverityWarning, "the modifier ."+m.Name.Name+"() is not known", didYouMean(m.Name.Name, function.Modifiers()))
			continue
		}
		k.modifierWord(m, known.Methods)
	}
}

// modifierWord checks the word that says how .fill and .rollup work; numbers beside it are left to Datadog.
func (k *checker) modifierWord(m *ddquery.Method, known []string) {
	if known == nil || len(m.Args) == 0 {
		return
	}
	if word, ok := m.Args[0].(*ddquery.Ref); ok && !slices.Contains(known, word.Name) {
		k.at(word, "unknown_modifier", SeverityWarning, "."+m.Name.Name+"() knows no "+word.Name, didYouMean(word.Name, known))
	}
}

// function checks a call's name; arguments of functions that are not algorithms are left to Datadog.
func (k *checker) function(call *ddquery.Call) {
	name := call.Name.Name
	switch f := function.Lookup(name); {
	case f == nil:
		k.at(call.Name, "unknown_function", SeverityWarning, "the function "+name+" is not known", didYouMean(name, function.Names()))
	case f.InMonitor == function.Refused:
		k.at(call.Name, "autosmooth", SeverityError, name+" cannot be used in a monitor", "use ewma_5 or median_5")
	case f.InMonitor == function.WindowDependent:
		k.at(call.Name, "window_dependent", SeverityWarning, name+" depends on where the window starts", "use sum as the time aggregation")
	}
}
