package explain

import (
	"slices"
	"strconv"

	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
	"ddmon/internal/object"
)

// explainer is what an explanation is made from.
type explainer struct {
	view  *monitor.Monitor
	query *ddquery.MonitorQuery // nil if it cannot be parsed, for the reason in fault
	fault error
	text  string // the query as it is shown, with the addresses of what has no id yet
	// members are the addresses that stand in the query as made-up ids.
	members map[string]string
	names   func(id string) string
	bare    bool // there is a query and nothing else
	// hides reports whether a field was left out of the body because it is sensitive; nil if none was.
	hides func(object.Path) bool
}

// hidesAny reports whether one of some options was left out, so that nothing can be said of what they decide.
func (m *explainer) hidesAny(options ...string) bool {
	return m.hides != nil && slices.ContainsFunc(options, func(name string) bool { return m.hides(object.Path{"options", name}) })
}

func newMonitor(body map[string]any, names func(id string) string) *explainer {
	m := &explainer{names: names, members: map[string]string{}}
	m.view = monitor.Of(body)
	m.text = m.view.Query
	if parts, ok := body["query"].(object.Text); ok {
		m.view.Query, _ = parts.Resolve(m.placeholder).(string)
	}
	m.query, m.fault = ddquery.ParseMonitor(m.view.Type, m.view.Query)
	if m.fault != nil {
		m.query = nil
	}
	return m
}

// placeholder returns digits to stand for the id of a monitor that does not exist yet, because a composite's query
// parses only with ids. The leading zeros keep them apart from real ids.
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

// reading is what a query's form gives to an explanation.
type reading struct{ measures, looks, alerts []string }
