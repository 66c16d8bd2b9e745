package lint

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/kind"
	"ddmon/internal/monitor"
	"ddmon/internal/object"
)

// stackMonitor is a monitor prepared for the rules.
type stackMonitor struct {
	o    *object.Object
	body map[string]any // with placeholders
	view *monitor.Monitor
	// query is nil if it has a syntax error.
	query *ddquery.MonitorQuery
	// message and escalation are never nil.
	message, escalation *monitor.Message
	// sources are the metrics of the query, variables the queries of its formula.
	sources   []*ddquery.Source
	variables []*embeddedQuery
}

func (p *pass) newMonitor(o *object.Object) *stackMonitor {
	m := &stackMonitor{o: o}
	m.body, _ = p.ids.fill(o.Body).(map[string]any)
	m.view = monitor.FromBody(m.body)
	if query, err := ddquery.ParseMonitor(m.view.Type, m.view.Query); err == nil {
		m.query = query
		m.sources = sourcesOf(query.Root)
	}
	m.message = monitor.ParseMessage(m.view.Message)
	m.escalation = monitor.ParseMessage(m.view.Options.EscalationMessage)
	if options, ok := m.body["options"].(map[string]any); ok && options["variables"] != nil {
		c := &queryCollector{o: o, monitor: m}
		c.value(kind.Named("monitor").Body, m.body, nil)
		m.variables = c.queries
	}
	return m
}

// sourcesOf returns the metrics under a node, in source order.
func sourcesOf(n ddquery.Node) []*ddquery.Source {
	var sources []*ddquery.Source
	ddquery.Walk(n, func(n ddquery.Node) bool {
		if s, ok := n.(*ddquery.Source); ok {
			sources = append(sources, s)
		}
		return true
	})
	return sources
}

// field returns the location of the field with these keys.
func (m *stackMonitor) field(keys ...any) location { return location{o: m.o, path: keys} }

// in returns the location of a node of the query.
func (m *stackMonitor) in(n ddquery.Node) location { return nodeLocation(m.o, object.Path{"query"}, n) }

// inMessage returns the location of a node of the message.
func (m *stackMonitor) inMessage(n ddquery.Node) location {
	return nodeLocation(m.o, object.Path{"message"}, n)
}

// metric returns the query if it is a classic metric query, else nil.
func (m *stackMonitor) metric() *ddquery.MetricQuery {
	if m.query == nil {
		return nil
	}
	q, _ := m.query.Root.(*ddquery.MetricQuery)
	return q
}

// log returns the query if it is a log-style query, else nil.
func (m *stackMonitor) log() *ddquery.LogQuery {
	if m.query == nil {
		return nil
	}
	q, _ := m.query.Root.(*ddquery.LogQuery)
	return q
}

// comparison returns the query's comparison, or nil if the query has none.
func (m *stackMonitor) comparison() *ddquery.Comparison {
	if m.query == nil {
		return nil
	}
	return m.query.Comparison()
}

// below reports whether a comparison alerts on low values.
func below(c *ddquery.Comparison) bool { return c != nil && (c.Op == "<" || c.Op == "<=") }

// isTrue reports whether an optional bool is set and true.
func isTrue(b *bool) bool { return b != nil && *b }
