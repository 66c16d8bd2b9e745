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

// notified returns which events notify a handle in the message or the escalation message.
func (m *stackMonitor) notified() notified {
	sent, escalated := m.view.Sent()
	n := notified{
		anyHandle: len(m.message.Recipients)+len(m.escalation.Recipients) > 0,
		events:    m.message.Notified(sent) | m.escalation.Notified(escalated),
	}
	for _, to := range m.message.Recipients {
		if sent&to.When()&monitor.OnAlert != 0 {
			n.onAlert = to.Handle
			break
		}
	}
	return n
}

// neverSent returns the outermost branches of the message that are never sent.
func (m *stackMonitor) neverSent() []*monitor.Branch {
	sent, _ := m.view.Sent()
	return m.message.NeverShown(sent)
}
