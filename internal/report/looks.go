package report

import (
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/object"
	"ddmon/internal/replay"
)

// look is what a monitor's query looks at.
type look struct {
	query string
	// metrics are the metrics (or the service check) that it reads, in the order of the query.
	metrics []string
	// direct says that the value compared can be drawn together with its one metric: it has the same scale.
	direct bool
}

// lookAt reads a monitor's query. Of one that cannot be read it says nothing: its result has the reason.
func lookAt(m replay.Monitor) look {
	m = m.Shown()
	l := look{query: queryText(m.Body["query"])}
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

// variableMetrics are those of one query of a formula.
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

// sameScale reports whether what a query compares is of its metric's scale: one metric as it is, over a window that
// is not summed up.
func sameScale(q *ddquery.MetricQuery) bool {
	source, ok := q.Expr.(*ddquery.Source)
	if !ok || q.Change != nil || source.Agg == nil || source.Agg.Compare != nil || source.Modifier("as_rate") != nil || source.Modifier("as_count") != nil {
		return false
	}
	return q.Agg.Name == "avg" || q.Agg.Name == "min" || q.Agg.Name == "max"
}

// queryText writes a query for people; in a composite's the members are named by their addresses.
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
