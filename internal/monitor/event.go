package monitor

// Event is the reason for a notification: a status change of a group, or a renotification.
type Event struct {
	// From and To are the statuses. They are equal for a renotification.
	From, To Status
	Renotify bool
}

// Events is a set of the kinds of events that a message can distinguish.
type Events uint16

// The kinds of events.
const (
	OnAlert Events = 1 << iota
	OnWarning
	OnAlertToWarning
	OnAlertRecovery
	OnWarningRecovery
	OnNoData
	OnNoDataRecovery
	OnUnknown
	OnRenotifyAlert
	OnRenotifyWarning
	OnRenotifyNoData
	AllEvents Events = 1<<iota - 1
)

// Sets of related events.
const (
	Renotifications = OnRenotifyAlert | OnRenotifyWarning | OnRenotifyNoData
	Warnings        = OnWarning | OnAlertToWarning | OnWarningRecovery | OnRenotifyWarning
	MissingData     = OnNoData | OnNoDataRecovery | OnRenotifyNoData
	Recoveries      = OnAlertRecovery | OnWarningRecovery | OnNoDataRecovery
)

// examples has an event of each kind, in the order of the constants.
var examples = [...]Event{
	{From: OK, To: Alert}, {From: OK, To: Warn}, {From: Alert, To: Warn},
	{From: Alert, To: OK}, {From: Warn, To: OK}, {From: OK, To: NoData}, {From: NoData, To: OK}, {From: OK, To: Unknown},
	{From: Alert, To: Alert, Renotify: true}, {From: Warn, To: Warn, Renotify: true}, {From: NoData, To: NoData, Renotify: true},
}

// Events returns the kinds of events for which the monitor can send a notification.
func (m *Monitor) Events() Events {
	set := OnAlert | OnAlertRecovery
	o := &m.Options
	if m.CanRenotify("warn") {
		set |= Warnings
	}
	switch {
	case o.NotifiesNoData():
		set |= MissingData
	case o.OnMissingData == "show_no_data":
		set |= OnNoDataRecovery
	}
	if m.Type == "service check" {
		set |= OnUnknown
	}
	set &^= Renotifications
	for _, status := range m.RenotifiedStatuses() {
		set |= map[string]Events{"alert": OnRenotifyAlert, "warn": OnRenotifyWarning, "no data": OnRenotifyNoData}[status]
	}
	if o.CustomSchedule { // each evaluation is independent of the previous one
		set &^= Recoveries | OnAlertToWarning
	}
	return set
}

// Sent returns the events for which the monitor sends its message, and the events for which it sends the escalation
// message instead.
func (m *Monitor) Sent() (message, escalation Events) {
	all := m.Events()
	if m.Options.EscalationMessage == "" {
		return all, 0
	}
	return all &^ Renotifications, all & Renotifications
}
