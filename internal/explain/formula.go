package explain

import (
	"ddmon/internal/ddquery"
)

// formula explains formula("query1 / query2").last("15m") > 0.8 with the queries in options.variables.
func (m *monitor) formula(q *ddquery.FormulaQuery) reading {
	r := reading{
		measures: append([]string{"Measures " + code(ddquery.Print(q.Expr)) + m.where()}, m.variables()...),
		looks:    []string{m.looks(q.Last(), window(q.Last()))},
		alerts: m.levels(q.Cmp, wording{
			when: func(op string, v float64) string { return "that is " + compared(op, figure(v)) },
		}),
	}
	for _, step := range q.Chain {
		switch step.Name.Name {
		case "anomaly":
			r.measures = append(r.measures, "What counts is how far that is from what Datadog expects: "+code(ddquery.Print(step)[1:])+".")
		case "rollup":
			r.looks = append(r.looks, "The values are "+rolledUp(step)+".")
		}
	}
	r.measures = append(r.measures, groups(m.formulaKeys(q))...)
	return r
}

// where introduces the variables of a formula, if it has some.
func (m *monitor) where() string {
	if len(m.variables()) == 0 {
		return "."
	}
	return ", where:"
}

// formulaKeys are the groups of the formula itself and of the queries that it names.
func (m *monitor) formulaKeys(q *ddquery.FormulaQuery) []string {
	keys := names(q.By())
	for _, v := range m.view.Options.Variables {
		keys = append(keys, v.By...)
	}
	for _, v := range m.rawVariables() {
		if x := metricOf(v); x != nil {
			ddquery.Walk(x, func(n ddquery.Node) bool {
				if by, ok := n.(*ddquery.GroupBy); ok {
					keys = append(keys, names(by.Keys)...)
				}
				return true
			})
		}
	}
	return distinct(keys)
}

// variables says what each query of a formula gives, one a line.
func (m *monitor) variables() []string {
	var lines []string
	for _, v := range m.rawVariables() {
		name, _ := v["name"].(string)
		lines = append(lines, name+" is "+variable(v)+".")
	}
	return lines
}

func (m *monitor) rawVariables() []map[string]any {
	items, _ := m.option("variables").([]any)
	var out []map[string]any
	for _, item := range items {
		if v := fields(item); v != nil {
			out = append(out, v)
		}
	}
	return out
}

// variable says what a query of a formula gives, by its data source.
func variable(v map[string]any) string {
	data, _ := v["data_source"].(string)
	if base := fields(v["base_query"]); base != nil {
		return variable(base) + ", joined with a reference table"
	}
	if text, ok := v["query"].(string); ok {
		if x := metricOf(v); x != nil && !calculates(x) {
			return plain(x)
		}
		return code(text)
	}
	if compute := fields(v["compute"]); compute != nil {
		agg, _ := compute["aggregation"].(string)
		measure, _ := compute["metric"].(string)
		search, _ := fields(v["search"])["query"].(string)
		return reduced(agg, measure, matching(things(data), search))
	}
	if measure, ok := v["measure"].(string); ok {
		filter, _ := v["filter"].(string)
		return "the data quality measure " + code(measure) + " of " + code(filter)
	}
	if jobs, ok := v["jobs_query"].(string); ok {
		return "the jobs matching " + code(jobs)
	}
	return "a query of " + or(data, "an unknown source")
}

// reduced is counted as part of a sentence.
func reduced(agg, measure, found string) string {
	switch agg {
	case "count", "":
		return "the number of " + found
	case "cardinality":
		return "the number of different " + code(measure) + " in the " + found
	}
	return aggregated(agg) + " " + code(measure) + " in the " + found
}

// metricOf parses the metric query of a variable; nil if it has none.
func metricOf(v map[string]any) ddquery.Expr {
	text, ok := v["query"].(string)
	if !ok {
		return nil
	}
	x, err := ddquery.ParseMetric(text)
	if err != nil {
		return nil
	}
	return x
}

// countsEvents reports whether every query of a formula counts, which makes silence a 0.
func (m *monitor) countsEvents() bool {
	variables := m.rawVariables()
	for _, v := range variables {
		if x := metricOf(v); x != nil && counts(x) {
			continue
		}
		if agg, _ := fields(v["compute"])["aggregation"].(string); agg != "count" {
			return false
		}
	}
	return len(variables) > 0
}
