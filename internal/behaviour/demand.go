package behaviour

import (
	"slices"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
	"ddmon/internal/object"
	"ddmon/internal/series"
)

// demand is what a monitor's query asks for.
type demand struct {
	metrics      []string // service checks too
	logs, events bool
	// other says that it asks for what no recording holds, or cannot be read. The replay knows to say why.
	other bool
}

// newDemand reads a monitor's query; one with ids that are not known yet cannot be read.
func newDemand(m *monitor.Monitor, query any) demand {
	var d demand
	if m.Type == "composite" {
		return d // its members ask
	}
	_, isText := query.(string)
	q, err := ddquery.ParseMonitor(m.Type, m.Query)
	if !isText || err != nil {
		d.other = true
		return d
	}
	switch root := q.Root.(type) {
	case *ddquery.MetricQuery:
		d.metric(root.Expr)
	case *ddquery.FormulaQuery:
		d.variables(m)
	case *ddquery.LogQuery:
		d.source(root.Source.Name)
	case *ddquery.CheckQuery:
		d.metrics = []string{root.Check.Value}
	default:
		d.other = true
	}
	return d
}

// metric adds the metrics of an expression.
func (d *demand) metric(x ddquery.Expr) {
	ddquery.Walk(x, func(n ddquery.Node) bool {
		if s, ok := n.(*ddquery.Source); ok && !slices.Contains(d.metrics, s.Metric.Name) {
			d.metrics = append(d.metrics, s.Metric.Name)
		}
		return true
	})
}

func (d *demand) source(name string) {
	switch name {
	case "logs":
		d.logs = true
	case "events":
		d.events = true
	default:
		d.other = true
	}
}

// variables adds what the queries of a formula ask for.
func (d *demand) variables(m *monitor.Monitor) {
	for i := range m.Options.Variables {
		v := &m.Options.Variables[i]
		if v.DataSource != "metrics" {
			d.source(v.DataSource)
			continue
		}
		if x := v.Expr(); x != nil {
			d.metric(x)
		} else {
			d.other = true
		}
	}
}

// names lists what is asked for.
func (d *demand) names() []string {
	names := slices.Clone(d.metrics)
	if d.logs {
		names = append(names, "logs")
	}
	if d.events {
		names = append(names, "events")
	}
	return names
}

// lacks names what a side asks for, as far as its query may be shown.
func (s *side) lacks() []string {
	if s.Sensitive.Touches(object.Path{"query"}) || s.Sensitive.Touches(object.Path{"options", "variables"}) {
		return []string{object.Redacted}
	}
	return s.asks.names()
}

// heldBy reports whether a recording holds any of it.
func (d *demand) heldBy(rec *series.Recording) bool {
	return d.other || d.logs && len(rec.Logs) > 0 || d.events && len(rec.Events) > 0 ||
		slices.ContainsFunc(d.metrics, func(name string) bool { return len(rec.Metric(name)) > 0 })
}

// concernedBy reports whether a recording holds anything that a monitor, or a member of it, asks for. Either side
// counts, so that a query that is changed to ask for something else is still held against what it was.
func (e *entry) concernedBy(rec *series.Recording) bool {
	for _, s := range []*side{e.before, e.after} {
		if s == nil {
			continue
		}
		if s.asks.heldBy(rec) || slices.ContainsFunc(s.members, func(m *entry) bool { return m != e && m.asksAny(rec) }) {
			return true
		}
	}
	return false
}

func (e *entry) asksAny(rec *series.Recording) bool {
	return e.before != nil && e.before.asks.heldBy(rec) || e.after != nil && e.after.asks.heldBy(rec)
}
