package replay

import "time"

// Result is the result of a replay. Values that depend on sensitive values are only in Reveal.
type Result struct {
	// Monitors has one entry for each monitor, in the same order.
	Monitors []MonitorResult

	revealed *Result // nil if nothing is redacted
}

// MonitorResult is the result of one monitor.
type MonitorResult struct {
	// Address and Name are the monitor's. Name is not rendered.
	Address, Name string
	// Evaluated is false if the monitor could not be replayed. Reason then says why, and the fields below are not set.
	Evaluated bool
	Reason    string
	// Every is the time between evaluations; 0 for a custom schedule. Window is the longest window; 0 for a composite or a
	// service check. Both are 0 if they are sensitive.
	Every, Window time.Duration
	// Comparator and Thresholds are for plots. A composite has none.
	Comparator string
	Thresholds Thresholds
	// Unrecorded is what the monitor, or a member of a composite, queries and the recording does not have. NoData says that
	// no evaluation had data.
	Unrecorded []Unrecorded
	NoData     bool
	// Groups are sorted by Group. A simple alert has one group, "*".
	Groups []GroupResult
	// Notifications are from the primary phase, in order of time.
	Notifications []Notification
}

// GroupResult is the result of one group of a monitor.
type GroupResult struct {
	// Group is the group's tags joined by commas; "*" for a simple alert.
	Group string
	Tags  []string
	// Start is the group's first evaluation. Initial is the status before it: OK, No Data if there was no data yet, or
	// Gone for a group that appeared later.
	Start   time.Time
	Initial Status
	// Transitions are from the primary phase, in order of time.
	Transitions []Transition
	// Elsewhere are transitions that are only in other phases. At is the earliest time.
	Elsewhere []Transition
	// Values are the evaluations of the primary phase, if Options.Values is set.
	Values []Value
}

// Transition is a change of a group's status.
type Transition struct {
	From, To Status
	// At is the time in the primary phase. Earliest and Latest are the bounds over all phases that have the transition.
	At, Earliest, Latest time.Time
	// Share is the share of phases that have the transition (0 < Share <= 1).
	Share float64
	// Value is the value that was compared with the threshold. Missing data and composites have no value.
	Value    float64
	HasValue bool
}

// Value is the result of one evaluation.
type Value struct {
	At       time.Time
	Value    float64
	HasValue bool // false if there was no data
	Status   Status
}

// Kind is the kind of a notification.
type Kind string

// Kinds of notifications.
const (
	KindAlert    Kind = "alert"
	KindWarn     Kind = "warn"
	KindNoData   Kind = "no data"
	KindRecovery Kind = "recovery"
	KindRenotify Kind = "renotify"
)

// Notification is a message that would have been sent.
type Notification struct {
	At   time.Time
	Kind Kind
	// From and To are the statuses. They are equal for a renotification.
	From, To Status
	// Group is the group or, with notify_by, the common tags of the groups.
	Group string
	// Title and Message are rendered. Handles are the handles in Message, in order, without duplicates.
	Title, Message string
	Handles        []string
}
