package explain

import (
	"slices"
	"strconv"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
	"ddmon/internal/object"
)

// explainer holds the input of an explanation.
type explainer struct {
	view     *monitor.Monitor
	query    *ddquery.MonitorQuery // nil if it cannot be parsed; parseErr says why
	parseErr error
	text     string // the query as shown, with addresses for monitors that have no id yet
	// members maps placeholder ids in the query to the addresses of monitors that do not exist yet.
	members   map[string]string
	names     func(id string) string
	queryOnly bool // there is no monitor, only a query
	// hides reports whether a field was removed from the body because it is sensitive; nil if none was.
	hides func(object.Path) bool
}

// hidesAny reports whether any of the options was removed, so that their effect cannot be explained.
func (m *explainer) hidesAny(options ...string) bool {
	return m.hides != nil && slices.ContainsFunc(options, func(name string) bool { return m.hides(object.Path{"options", name}) })
}

func newMonitor(body map[string]any, names func(id string) string) *explainer {
	m := &explainer{names: names, members: map[string]string{}}
	m.view = monitor.FromBody(body)
	m.text = m.view.Query
	if parts, ok := body["query"].(object.Text); ok {
		m.view.Query, _ = parts.Resolve(m.placeholder).(string)
	}
	m.query, m.parseErr = ddquery.ParseMonitor(m.view.Type, m.view.Query)
	if m.parseErr != nil {
		m.query = nil
	}
	return m
}

// placeholder returns a numeric id for a monitor that does not exist yet, because a composite's query parses only with
// ids. Leading zeros distinguish it from real ids.
func (m *explainer) placeholder(a object.Address) (string, bool) {
	address := a.String()
	for id, known := range m.members {
		if known == address {
			return id, true
		}
	}
	id := "000" + strconv.Itoa(len(m.members)+1)
	m.members[id] = address
	return id, true
}

// description is the part of an explanation that comes from the query.
type description struct{ measures, evaluation, alerts []string }
