package explain

import (
	"slices"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
)

// formula explains queries such as formula("query1 / query2").last("15m") > 0.8 with the queries in options.variables.
func (m *explainer) formula(q *ddquery.FormulaQuery) description {
	r := description{
		measures:   append([]string{"Measures " + code(ddquery.Print(q.Expr)) + m.where()}, m.variables()...),
		evaluation: []string{m.schedule(q.Last(), window(q.Last()))},
		alerts: m.thresholds(q.Cmp, conditions{
			brief: func(op string, v float64) string { return "the value is " + compared(op, formatNumber(v)) },
		}),
	}
	for _, step := range q.Chain {
		switch step.Name.Name {
		case "anomaly":
			r.measures = append(r.measures, "Evaluates the deviation from the range that Datadog expects: "+code(ddquery.Print(step)[1:])+".")
		case "rollup":
			r.evaluation = append(r.evaluation, "The values are "+rolledUp(step)+".")
		}
	}
	r.measures = append(r.measures, multiAlert(m.groupKeys())...)
	return r
}

// where introduces the variables of a formula, if it has any.
func (m *explainer) where() string {
	if len(m.variables()) == 0 {
		return "."
	}
	return ", where:"
}

// variables describes each query of a formula, one per line.
func (m *explainer) variables() []string {
	var lines []string
	grouped := slices.ContainsFunc(m.view.Options.Variables, func(v monitor.Variable) bool { return len(v.GroupKeys()) > 0 })
	for i := range m.view.Options.Variables {
		v := &m.view.Options.Variables[i]
		text := variable(v)
		if grouped && len(v.GroupKeys()) > 0 {
			text += ", for " + eachGroup(v.GroupKeys())
		} else if grouped {
			text += ", for all groups together"
		}
		lines = append(lines, v.Name+" is "+text+".")
	}
	return lines
}

// variable describes a query of a formula according to its data source.
func variable(v *monitor.Variable) string {
	switch {
	case v.Base != nil:
		return variable(v.Base) + ", joined with a reference table"
	case v.HasQuery():
		if x := v.Expr(); x != nil && !hasArithmetic(x) {
			return plain(x)
		}
		return code(v.Query)
	case v.Compute != nil:
		return reduced(v.Compute.Aggregation, v.Compute.Metric, matching(sourceItems(v.DataSource), v.Search))
	case v.Measure != nil:
		return "the data quality measure " + code(*v.Measure) + " of " + code(v.Filter)
	case v.JobsQuery != nil:
		return "the jobs matching " + code(*v.JobsQuery)
	}
	return "a query on " + or(v.DataSource, "an unknown data source")
}

// reduced is counted as a noun phrase.
func reduced(agg, measure, found string) string {
	switch agg {
	case "count", "":
		return "the number of " + found
	case "cardinality":
		return "the number of distinct " + code(measure) + " values in the " + found
	}
	return aggregated(agg) + " " + code(measure) + " in the " + found
}
