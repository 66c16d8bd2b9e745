package replay

import "time"

// Result is what a replay found. What depends on sensitive values is not in it, but in Reveal.
type Result struct {
	// Monitors has one entry for each monitor, in their order.
	Monitors []MonitorResult

	revealed *Result // nil where nothing is hidden
}

// MonitorResult is what one monitor would have done.
type MonitorResult struct {
	// Address is the monitor's, Name its name as written.
	Address, Name string
	// Evaluated is false if the monitor could not be replayed; Reason then says why, and nothing below is set.
	Evaluated bool
	Reason    string
	// Every is the time between two evaluations; Window the longest window, 0 for a composite or a service check.
	Every, Window time.Duration
	// Comparator and Thresholds are for drawing; a composite has none.
	Comparator string
	Thresholds Thresholds
	// Groups are ordered by Group. A simple alert has one, "*".
	Groups []GroupResult
	// Notifications are those of the primary phase, in the order of time.
	Notifications []Notification
}

// GroupResult is what one group of a monitor went through.
type GroupResult struct {
	// Group is its tags joined by commas, "*" for a simple alert.
	Group string
	Tags  []string
	// Start is the group's first evaluation, Initial its status before that: OK, No Data where nothing was known yet,
	// or Gone for a group that came later.
	Start   time.Time
	Initial Status
	// Transitions are the primary phase's, in the order of time.
	Transitions []Transition
	// Elsewhere are transitions that the primary phase does not see but others do; At is then the earliest.
	Elsewhere []Transition
	// Values are the evaluations of the primary phase, if Options.Values asks for them.
	Values []Value
}

// Transition is a change of a group's status.
type Transition struct {
	From, To Status
	// At is when it happens in the primary phase. Earliest and Latest are the bounds over all phases that see it.
	At, Earliest, Latest time.Time
	// Share is the part of all phases (0 < Share <= 1) that see it.
	Share float64
	// Value is what was compared with the threshold; it has none where data is missing, and in a composite.
	Value    float64
	HasValue bool
}

// Value is the result of one evaluation.
type Value struct {
	At       time.Time
	Value    float64
	HasValue bool // false where there was no data
	Status   Status
}

// Kind says why somebody is notified.
type Kind string

// The kinds of notification.
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
	// From and To are the statuses; of a renotification they are the same.
	From, To Status
	// Group is the group, or with notify_by the tags that groups were collapsed to.
	Group string
	// Title and Message are rendered. Handles are those left in Message, each once, in its order.
	Title, Message string
	Handles        []string
}
