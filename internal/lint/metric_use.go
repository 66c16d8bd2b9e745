package lint

import (
	"strconv"

	"ddmon/internal/ddquery"
	"ddmon/internal/function"
	"ddmon/internal/object"
)

// metricUse is a use of a metric in a monitor's query, in one of its variables or in a widget.
type metricUse struct {
	*ddquery.Source
	o    *object.Object
	path object.Path
	// monitor is nil in a dashboard.
	monitor *stackMonitor
	// query is set if the metric is in a monitor's metric query.
	query *ddquery.MetricQuery
}

// in returns the location of a node of the query.
func (u metricUse) in(n ddquery.Node) location { return nodeLocation(u.o, u.path, n) }

// reader names what reads the metric, for a sentence.
func (u metricUse) reader() string {
	if u.monitor == nil {
		return "the widget"
	}
	return "the monitor"
}

// uses returns all uses of metrics, first those in monitors.
func (p *pass) uses() []metricUse {
	var all []metricUse
	for _, m := range p.monitors {
		for _, s := range m.sources {
			all = append(all, metricUse{s, m.o, object.Path{"query"}, m, m.metric()})
		}
	}
	for _, t := range p.queries {
		for _, s := range t.sources {
			all = append(all, metricUse{s, t.o, t.path, t.monitor, nil})
		}
	}
	return all
}

// modifiers returns the modifiers with these names.
func (u metricUse) modifiers(names ...string) []*ddquery.Method {
	var found []*ddquery.Method
	for _, name := range names {
		if m := u.Modifier(name); m != nil {
			found = append(found, m)
		}
	}
	return found
}

// rollup returns the aggregation of .rollup(…) and the length of its buckets in seconds. Either is empty if not given.
func rollup(m *ddquery.Method) (agg string, seconds float64) {
	for _, arg := range m.Args {
		switch arg := arg.(type) {
		case *ddquery.Ref:
			agg = arg.Name
		case *ddquery.String:
			agg = arg.Value
		case *ddquery.Number:
			seconds = arg.Value
		}
	}
	return agg, seconds
}

// isGauge reports whether a metric is known to be a gauge.
func (p *pass) isGauge(metric string) bool {
	return p.metrics.all(metric, func(m Metric) bool { return m.Type == "gauge" })
}

// notNegative reports whether a query's value cannot be below 0: its metrics are never
// negative, and it does not subtract.
func (p *pass) notNegative(m *stackMonitor) bool {
	if q := m.log(); q != nil {
		agg, _ := q.Rollup()
		return agg == "count" || agg == "cardinality"
	}
	q := m.metric()
	if q == nil || q.Change != nil || callsSigned(q.Expr) {
		return false
	}
	for _, s := range m.sources {
		if s.Modifier("as_count") == nil && !p.metrics.all(s.Metric.Name, func(m Metric) bool { return m.NotNegative }) {
			return false
		}
	}
	minus := false
	ddquery.Walk(q.Expr, func(n ddquery.Node) bool {
		switch n := n.(type) {
		case *ddquery.Unary:
			minus = true
		case *ddquery.Binary:
			minus = minus || n.Op == '-'
		}
		return !minus
	})
	return !minus && len(m.sources) > 0
}

// callsSigned reports whether the expression calls a function with a result that can be below 0.
func callsSigned(x ddquery.Expr) bool {
	found := false
	ddquery.Walk(x, func(n ddquery.Node) bool {
		if call, ok := n.(*ddquery.Call); ok && !found {
			f := function.Lookup(call.Name.Name)
			found = f != nil && f.Signed
		}
		return !found
	})
	return found
}

// decimal formats a number without an exponent or trailing zeros: 90.
func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
