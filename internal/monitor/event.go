package monitor

// Event is why a monitor sends its message: a group's status changed, or a notification is repeated while it lasts.
type Event struct {
	// From and To are the statuses; where a notification is repeated they are the same.
	From, To Status
	Renotify bool
}

// Events is a set of the kinds of event that a message can tell apart.
type Events uint16

// The kinds of event.
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
	Always Events = 1<<iota - 1
)

// Groups of them.
const (
	Renotifications = OnRenotifyAlert | OnRenotifyWarning | OnRenotifyNoData
	Warnings        = OnWarning | OnAlertToWarning | OnWarningRecovery | OnRenotifyWarning
	MissingData     = OnNoData | OnNoDataRecovery | OnRenotifyNoData
)

// examples has one event of each kind, in the order of the kinds.
var examples = [...]Event{
	{From: OK, To: Alert}, {From: OK, To: Warn}, {From: Alert, To: Warn},
	{From: Alert, To: OK}, {From: Warn, To: OK}, {From: OK, To: NoData}, {From: NoData, To: OK}, {From: OK, To: Unknown},
	{From: Alert, To: Alert, Renotify: true}, {From: Warn, To: Warn, Renotify: true}, {From: NoData, To: NoData, Renotify: true},
}

// Events returns the kinds of event at which the monitor may send its message at all.
func (m *Monitor) Events() Events {
	set := OnAlert | OnAlertRecovery
	o := &m.Options
	if m.CanWarn() || o.Thresholds.Dynamic { // which thresholds come from a query is not in the body
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
	if o.Renotifies() {
		set |= OnRenotifyAlert
	} else {
		set &^= Renotifications
	}
	return set
}

// Sent returns the events at which the monitor sends its message, and those at which it sends its escalation message
// instead.
func (m *Monitor) Sent() (message, escalation Events) {
	all := m.Events()
	if m.Options.EscalationMessage == "" {
		return all, 0
	}
	return all &^ Renotifications, all & Renotifications
}
