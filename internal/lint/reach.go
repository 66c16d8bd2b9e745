package lint

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/monitor"
)

// reach is who is notified of which events.
type reach struct {
	// any says that a message names someone, notified when someone is notified.
	any      bool
	notified monitor.Events
	// alerted is the first handle of the message that is notified of an alert.
	alerted *ddquery.Handle
}

// reach reads who is notified off the message and the escalation message.
func (m *stackMonitor) reach() reach {
	sent, escalated := m.view.Sent()
	r := reach{
		any:      len(m.message.Recipients)+len(m.escalation.Recipients) > 0,
		notified: m.message.Notified(sent) | m.escalation.Notified(escalated),
	}
	for _, to := range m.message.Recipients {
		if sent&to.When()&monitor.OnAlert != 0 {
			r.alerted = to.Handle
			break
		}
	}
	return r
}

// never returns the outermost branches of the message that are never shown.
func (m *stackMonitor) never() []*monitor.Branch {
	sent, _ := m.view.Sent()
	return m.message.Never(sent)
}
