package lint

import (
	"strconv"

	"ddmon/internal/ddquery"
	"ddmon/internal/function"
	"ddmon/internal/object"
)

// use is a metric where it is used: in a monitor's query, in one of its variables or in a widget.
type use struct {
	*ddquery.Source
	o    *object.Object
	path object.Path
	// monitor is nil in a dashboard.
	monitor *stackMonitor
	// query is the monitor's query if the use is in it.
	query *ddquery.MetricQuery
}

// in is the place of a node of the use.
func (u use) in(n ddquery.Node) spot { return part(u.o, u.path, n) }

// uses returns every use of a metric, monitors first.
func (p *pass) uses() []use {
	var all []use
	for _, m := range p.monitors {
		for _, s := range m.sources {
			all = append(all, use{s, m.o, object.Path{"query"}, m, m.metric()})
		}
	}
	for _, t := range p.texts {
		for _, s := range t.sources {
			all = append(all, use{s, t.o, t.path, t.monitor, nil})
		}
	}
	return all
}

// modifiers returns the modifiers of that name.
func (u use) modifiers(names ...string) []*ddquery.Method {
	var found []*ddquery.Method
	for _, name := range names {
		if m := u.Modifier(name); m != nil {
			found = append(found, m)
		}
	}
	return found
}

// rollup returns what .rollup(…) computes, "" if it does not say, and how long its buckets are in seconds, 0 likewise.
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
	return p.facts.all(metric, func(m Metric) bool { return m.Type == "gauge" })
}

// notNegative reports whether a query's value cannot be below 0: it is of known metrics, none of them taken away.
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
		if s.Modifier("as_count") == nil && len(p.facts.Of(s.Metric.Name)) == 0 {
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

// callsSigned reports whether a function is called whose result may be below 0.
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

// decimal writes a number as a person does: 90.
func decimal(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
