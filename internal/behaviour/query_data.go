package behaviour

import (
	"slices"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
	"ddmon/internal/series"
)

// queryData is the data that a monitor's query reads.
type queryData struct {
	metrics      []string // including service checks
	logs, events bool
	// unsupported says that the query cannot be parsed, or reads data that recordings cannot contain. The replay reports
	// the reason.
	unsupported bool
}

// newQueryData parses a monitor's query. A query with ids that are not known yet cannot be parsed.
func newQueryData(m *monitor.Monitor, query any) queryData {
	var d queryData
	if m.Type == "composite" {
		return d // its members read data
	}
	_, isText := query.(string)
	q, err := ddquery.ParseMonitor(m.Type, m.Query)
	if !isText || err != nil {
		d.unsupported = true
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
		d.unsupported = true
	}
	return d
}

// metric adds the metrics of an expression.
func (d *queryData) metric(x ddquery.Expr) {
	ddquery.Walk(x, func(n ddquery.Node) bool {
		if s, ok := n.(*ddquery.Source); ok && !slices.Contains(d.metrics, s.Metric.Name) {
			d.metrics = append(d.metrics, s.Metric.Name)
		}
		return true
	})
}

func (d *queryData) source(name string) {
	switch name {
	case "logs":
		d.logs = true
	case "events":
		d.events = true
	default:
		d.unsupported = true
	}
}

// variables adds the data that the queries of a formula read.
func (d *queryData) variables(m *monitor.Monitor) {
	for i := range m.Options.Variables {
		v := &m.Options.Variables[i]
		if v.DataSource != "metrics" {
			d.source(v.DataSource)
			continue
		}
		if x := v.Expr(); x != nil {
			d.metric(x)
		} else {
			d.unsupported = true
		}
	}
}

// recordedIn reports whether a recording contains any of the data.
func (d *queryData) recordedIn(rec *series.Recording) bool {
	return d.unsupported || d.logs && len(rec.Logs) > 0 || d.events && len(rec.Events) > 0 ||
		slices.ContainsFunc(d.metrics, func(name string) bool { return len(rec.Metric(name)) > 0 })
}

// readsFrom reports whether a recording contains data that a monitor or one of its members reads. Both sides count, so
// that a query that changes to other data is still compared with the old query.
func (e *entry) readsFrom(rec *series.Recording) bool {
	for _, s := range []*side{e.before, e.after} {
		if s == nil {
			continue
		}
		if s.reads.recordedIn(rec) || slices.ContainsFunc(s.members, func(m *entry) bool { return m != e && m.readsAny(rec) }) {
			return true
		}
	}
	return false
}

func (e *entry) readsAny(rec *series.Recording) bool {
	return e.before != nil && e.before.reads.recordedIn(rec) || e.after != nil && e.after.reads.recordedIn(rec)
}
