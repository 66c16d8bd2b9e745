package lint

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
)

// notified describes which events notify someone.
type notified struct {
	// anyHandle reports that the message or the escalation message has a handle.
	anyHandle bool
	// events are the events that notify at least one handle.
	events monitor.Events
	// onAlert is the first handle of the message that is notified of an alert.
	onAlert *ddquery.Handle
}

// notified summarizes who the monitor notifies.
func (m *stackMonitor) notified() (n notified) {
	for _, to := range m.view.Notified(m.message, m.escalation) {
		n.anyHandle = true
		n.events |= to.On
		if n.onAlert == nil && !to.Escalation && to.On&monitor.OnAlert != 0 {
			n.onAlert = to.Handle
		}
	}
	return n
}

// neverSent returns the outermost branches of the message that are never sent.
func (m *stackMonitor) neverSent() []*monitor.Branch {
	sent, _ := m.view.Sent()
	return m.message.NeverShown(sent)
}
