package lint

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/kind"
	"ddmon/internal/monitor"
	"ddmon/internal/object"
)

// stackMonitor is a monitor in the form that rules look at.
type stackMonitor struct {
	o    *object.Object
	body map[string]any // with placeholders
	view *monitor.Monitor
	// query is nil where it does not parse.
	query *ddquery.MonitorQuery
	// message and escalation are never nil.
	message, escalation *monitor.Message
	// sources are the metrics of the query itself, variables the queries that its formula names.
	sources   []*ddquery.Source
	variables []*text
}

func (p *pass) newMonitor(o *object.Object) *stackMonitor {
	m := &stackMonitor{o: o}
	m.body, _ = p.ids.fill(o.Body).(map[string]any)
	m.view = monitor.Of(m.body)
	if query, err := ddquery.ParseMonitor(m.view.Type, m.view.Query); err == nil {
		m.query = query
		m.sources = sourcesOf(query.Root)
	}
	m.message = monitor.ReadMessage(m.view.Message)
	m.escalation = monitor.ReadMessage(m.view.Options.EscalationMessage)
	if options, ok := m.body["options"].(map[string]any); ok && options["variables"] != nil {
		t := &texter{o: o, monitor: m}
		t.value(kind.Named("monitor").Body, m.body, nil)
		m.variables = t.texts
	}
	return m
}

// sourcesOf returns the metrics under a node, in the order of the text.
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

// field is the place of a field by its keys.
func (m *stackMonitor) field(keys ...any) spot { return spot{o: m.o, path: keys} }

// in is the place of a node of the query.
func (m *stackMonitor) in(n ddquery.Node) spot { return part(m.o, object.Path{"query"}, n) }

// inMessage is the place of a node of the message.
func (m *stackMonitor) inMessage(n ddquery.Node) spot { return part(m.o, object.Path{"message"}, n) }

// metric returns the query if it is a metric monitor's classic one, else nil.
func (m *stackMonitor) metric() *ddquery.MetricQuery {
	if m.query == nil {
		return nil
	}
	q, _ := m.query.Root.(*ddquery.MetricQuery)
	return q
}

// log returns the query if it is a log-style one, else nil.
func (m *stackMonitor) log() *ddquery.LogQuery {
	if m.query == nil {
		return nil
	}
	q, _ := m.query.Root.(*ddquery.LogQuery)
	return q
}

// comparison returns the query's comparison, nil where its form has none.
func (m *stackMonitor) comparison() *ddquery.Comparison {
	if m.query == nil {
		return nil
	}
	return m.query.Comparison()
}

// below reports whether the monitor alerts when its value is low.
func below(c *ddquery.Comparison) bool { return c != nil && (c.Op == "<" || c.Op == "<=") }

// isTrue reports whether an optional bool is set and true.
func isTrue(b *bool) bool { return b != nil && *b }
