package report

import (
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/object"
	"ddmon/internal/replay"
)

// queryMetrics is a monitor's query and the metrics it reads.
type queryMetrics struct {
	query string
	// metrics are the metrics, or the service check, in the order of the query.
	metrics []string
	// direct says that the compared value has the scale of the metric, so that one plot can show both.
	direct bool
}

// readQuery parses a monitor's query. It ignores a query that cannot be parsed: the replay result says why.
func readQuery(m replay.Monitor) queryMetrics {
	m = m.Shown()
	l := queryMetrics{query: queryText(m.Body["query"])}
	typ, _ := m.Body["type"].(string)
	q, err := ddquery.ParseMonitor(typ, l.query)
	if err != nil {
		return l
	}
	switch root := q.Root.(type) {
	case *ddquery.MetricQuery:
		l.metrics = metricsIn(root)
		l.direct = sameScale(root)
	case *ddquery.CheckQuery:
		l.metrics = []string{root.Check.Value}
	case *ddquery.FormulaQuery:
		options, _ := m.Body["options"].(map[string]any)
		variables, _ := options["variables"].([]any)
		for _, v := range variables {
			l.metrics = append(l.metrics, variableMetrics(v)...)
		}
	}
	return l
}

// variableMetrics returns the metrics of one query of a formula.
func variableMetrics(variable any) []string {
	fields, _ := variable.(map[string]any)
	text, _ := fields["query"].(string)
	x, err := ddquery.ParseMetric(text)
	if text == "" || err != nil {
		return nil
	}
	return metricsIn(x)
}

func metricsIn(n ddquery.Node) []string {
	var names []string
	ddquery.Walk(n, func(n ddquery.Node) bool {
		if s, ok := n.(*ddquery.Source); ok {
			names = append(names, s.Metric.Name)
		}
		return true
	})
	return names
}

// sameScale reports whether a query compares values on the scale of its metric: a single metric without functions, and
// a time aggregation that does not add up.
func sameScale(q *ddquery.MetricQuery) bool {
	source, ok := q.Expr.(*ddquery.Source)
	if !ok || q.Change != nil || source.Agg == nil || source.Agg.Compare != nil || source.Modifier("as_rate") != nil || source.Modifier("as_count") != nil {
		return false
	}
	return q.Agg.Name == "avg" || q.Agg.Name == "min" || q.Agg.Name == "max"
}

// queryText is the query as text, with the addresses of the members in a composite.
func queryText(query any) string {
	parts, ok := query.(object.Text)
	if !ok {
		text, _ := query.(string)
		return text
	}
	var b strings.Builder
	for _, p := range parts {
		if p.Ref != nil {
			b.WriteString(p.Ref.String())
		} else {
			b.WriteString(p.Literal)
		}
	}
	return b.String()
}
