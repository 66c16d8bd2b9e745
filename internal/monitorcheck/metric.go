package monitorcheck

import (
	"slices"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/function"
)

// timeAggregators are the time aggregations of metric monitors.
var timeAggregators = []string{"avg", "sum", "min", "max", "percentile"}

func (k *checker) metric(q *ddquery.MetricQuery) {
	if !slices.Contains(timeAggregators, q.Agg.Name) {
		k.at(q.Agg, "time_aggregator", SeverityError, q.Agg.Name+" is not a valid time aggregation",
			"use "+strings.Join(timeAggregators, ", ")).ServerError = serverQuery
	}
	k.metricWindow(q)
	k.algorithm(q)
	ddquery.Walk(q.Expr, func(n ddquery.Node) bool {
		switch n := n.(type) {
		case *ddquery.Source:
			k.source(n)
		case *ddquery.Call:
			k.function(n)
		case *ddquery.Modified:
			k.modifiers(n.Modifiers)
			k.at(n, "modifier_place", SeverityWarning, "a modifier follows an expression", "put it directly after the metric's {…} or by {…}")
		}
		return true
	})
	k.countAggregation(q)
}

// countAggregation reports a time aggregation of counts other than sum.
func (k *checker) countAggregation(q *ddquery.MetricQuery) {
	switch {
	case q.Agg.Name == "sum" || !slices.Contains(timeAggregators, q.Agg.Name) || algorithmOf(q.Expr) != "":
	case q.SumsCounts():
		k.at(q.Agg, "as_count_aggregation", SeverityWarning, "arithmetic with .as_count() sums over the window and ignores "+q.Agg.Name,
			"use sum as the time aggregation")
	case q.Change == nil && countsInBuckets(q.Expr):
		k.at(q.Agg, "as_count_aggregation", SeverityWarning, "the "+q.Agg.Name+" of .as_count() depends on how Datadog divides the window",
			"use sum as the time aggregation, .as_rate(), or .rollup(sum, 60) to set the interval")
	}
}

// countsInBuckets reports whether the values of an expression are counts per bucket of a length that the query does not
// set.
func countsInBuckets(x ddquery.Expr) bool {
	counts, interval := false, false
	ddquery.Walk(x, func(n ddquery.Node) bool {
		if m, ok := n.(*ddquery.Method); ok {
			counts = counts || m.Name.Name == "as_count"
			interval = interval || m.Name.Name == "rollup" && slices.ContainsFunc(m.Args, isNumber)
		}
		call, ok := n.(*ddquery.Call)
		return !ok || !call.CountsGroups()
	})
	return counts && !interval
}

// source checks one metric with its scope and modifiers.
func (k *checker) source(s *ddquery.Source) {
	if s.Agg != nil && !isSpaceAgg(s.Agg.Name) {
		k.at(s.Agg, "space_aggregator", SeverityError, s.Agg.Name+" is not a valid space aggregation",
			"use avg, sum, min, max, count or a percentile such as p95").ServerError = serverQuery
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

// templateVariable reports a dashboard template variable in a monitor.
func (k *checker) templateVariable(n ddquery.Node, name string) {
	k.at(n, "template_variable", SeverityWarning, name+" is a template variable, which only dashboards support", "write the tag itself")
}

// filter checks that symbols and words are not mixed, and reports values that a monitor does not support.
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
			"use only words: a:b AND NOT c:d")
	}
}

func (k *checker) tag(tag *ddquery.Tag) {
	switch {
	case tag.Value == nil:
	case tag.Value.Raw == "":
		k.at(tag, "empty_value", SeverityWarning, "the tag "+tag.Key.Name+": has no value", "write "+tag.Key.Name+":* for any value")
	case tag.Value.Regex || tag.Value.Quoted:
		k.at(tag.Value, "quoted_value", SeverityWarning, "a metric's filter may not support quoted values", "remove the quotes; * is a wildcard")
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
			k.at(m.Name, "unknown_modifier", SeverityError, "unknown modifier ."+m.Name.Name+"()", didYouMean(m.Name.Name, function.Modifiers())).ServerError = serverQuery
			continue
		}
		k.modifierWord(m, known.Methods)
		k.argumentCount(m, "."+known.Name+"()", len(m.Args), known.Args, known.Optional)
	}
}

// modifierWord checks the first argument of .fill and .rollup. Datadog validates the numbers.
func (k *checker) modifierWord(m *ddquery.Method, known []string) {
	if known == nil || len(m.Args) == 0 {
		return
	}
	if word, ok := m.Args[0].(*ddquery.Ref); ok && !slices.Contains(known, word.Name) {
		k.at(word, "unknown_modifier", SeverityWarning, "."+m.Name.Name+"() does not support "+word.Name, didYouMean(word.Name, known))
	}
}

// function checks a call's name and number of arguments. Datadog validates their values, except those of algorithms.
func (k *checker) function(call *ddquery.Call) {
	name := call.Name.Name
	switch f := function.Lookup(name); {
	case f == nil:
		// A warning, because no rejection is recorded and Datadog can have added the function.
		k.at(call.Name, "unknown_function", SeverityWarning, "unknown function "+name, intendedFunction(name))
	case f.InMonitor == function.Refused:
		k.at(call.Name, "autosmooth", SeverityError, "monitors do not support "+name, "use ewma_5 or median_5")
	case f.InMonitor == function.WindowDependent:
		k.at(call.Name, "window_dependent", SeverityWarning, name+" depends on where the window starts", "use sum as the time aggregation")
	}
	if f := function.Lookup(name); f != nil && !f.Algorithm {
		k.argumentCount(call, name, len(call.Args), f.Args, f.Optional)
	}
}

// intendedFunction suggests what to do about an unknown function: the function with the most similar name, or one whose
// name is abbreviated or spelled out (absolute, median_smooth).
func intendedFunction(name string) string {
	lower, names := strings.ToLower(name), function.Names()
	if hint := didYouMean(lower, names); hint != "" {
		return hint
	}
	best := ""
	for _, known := range names {
		abbreviates := len(known) >= minAbbreviation && strings.HasPrefix(lower, known) && len(known) > len(best)
		if abbreviates || best == "" && len(lower) >= minAbbreviation && strings.HasPrefix(known, lower) {
			best = known
		}
	}
	if best != "" {
		return "did you mean " + best + "?"
	}
	return "use a function from https://docs.datadoghq.com/dashboards/functions/. If Datadog has added this one, ignore the warning with a comment"
}

// minAbbreviation is the length from which the beginning of a name is taken for an abbreviation.
const minAbbreviation = 3

func isNumber(x ddquery.Expr) bool {
	_, ok := x.(*ddquery.Number)
	return ok
}
