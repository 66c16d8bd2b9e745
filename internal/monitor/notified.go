package monitor

import "ddmon/internal/ddquery"

// Notified is a recipient of a monitor's message or escalation message, and the events that notify it.
type Notified struct {
	Recipient
	// Escalation means that the handle is in the escalation message.
	Escalation bool
	// On are the events for which the monitor sends the message and renders the handle. A condition on anything else,
	// such as a tag, counts as true. If On is 0, the recipient is never notified.
	On Events
}

// Notified returns who the monitor notifies and when, in source order. The arguments are the parsed message and
// escalation message.
func (m *Monitor) Notified(message, escalation *Message) []Notified {
	sent, escalated := m.Sent()
	var list []Notified
	for _, r := range message.Recipients {
		list = append(list, Notified{r, false, sent & r.When()})
	}
	for _, r := range escalation.Recipients {
		list = append(list, Notified{r, true, escalated & r.When()})
	}
	return list
}

// Notifies reports whether a change to a status sends a notification, apart from recoveries.
func (o *Options) Notifies(to Status) bool {
	return to == Alert || to == Warn || to == NoData && o.NotifiesNoData()
}

// NeverSent is the reason that a monitor sends no message for which a condition is true.
type NeverSent uint8

// The reasons.
const (
	MaySend            NeverSent = iota // it can send one
	OnSchedule                          // a custom schedule sends no recoveries or renotifications
	NoWarningThreshold                  // it has no warning threshold
	NoMissingData                       // it does not notify on missing data
	NoRenotification                    // it does not renotify
	NotServiceCheck                     // only service checks have the status unknown
	SomethingElse                       // the blocks around the condition exclude it
)

// NeverTrue returns why the condition of a block, regardless of ^, is never true.
func (m *Monitor) NeverTrue(condition string) NeverSent {
	set, certain := When(condition)
	if !certain || set&m.Events() != 0 {
		return MaySend
	}
	switch {
	case m.Options.CustomSchedule && set&^(Recoveries|Renotifications|OnAlertToWarning) == 0:
		return OnSchedule
	case set&^Warnings == 0:
		return NoWarningThreshold
	case set&^MissingData == 0:
		return NoMissingData
	case set == Renotifications:
		return NoRenotification
	case set == OnUnknown:
		return NotServiceCheck
	}
	return SomethingElse
}

// percentages reports whether the monitor is a cluster alert.
func (m *Monitor) percentages() bool {
	q, err := ddquery.ParseMonitor(m.Type, m.Query)
	if err != nil {
		return false
	}
	check, ok := q.Root.(*ddquery.CheckQuery)
	return ok && check.Percentages()
}
