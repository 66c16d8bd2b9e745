package expect

import "ddmon/internal/object"

// Verdict is the result of testing a mutant.
type Verdict string

// The verdicts. Survived and Unrecorded are gaps in the tests.
const (
	// Detected: a passing test fails.
	Detected Verdict = "detected"
	// Survived: the monitor behaves differently in a recording, but every test still passes.
	Survived Verdict = "survived"
	// Unrecorded: the monitor behaves the same in all recordings, so only another recording can detect it.
	Unrecorded Verdict = "unrecorded"
	// Equivalent: the monitor behaves the same over any data, because its values are whole numbers.
	Equivalent Verdict = "equivalent"
)

// Mutant is a monitor with one small change.
type Mutant struct {
	Address string
	// Field is the changed field: critical, warning, critical_recovery, warning_recovery, window, shift (of change and
	// pct_change), comparison, comparator, aggregator, by, filter, operator and negation (of composites),
	// on_missing_data, notify_no_data, renotify_interval, handle or condition. From and To are its values; a comparison
	// becomes "never", and a removed value "none".
	Field, From, To string
	Verdict         Verdict
	// DetectedBy are the names of the tests that fail, in order.
	DetectedBy []string
	// Effect is what the change means for the people who are notified. If no recording shows it, it is the worst effect
	// that the kind of change can have.
	Effect Effect
	// Hint says what would detect a gap: an expectation over a recording, or which other recording.
	Hint string
}

// Gap reports whether no test detects the mutant although one could.
func (m Mutant) Gap() bool { return m.Verdict == Survived || m.Verdict == Unrecorded }

// mutant is one change of one monitor, to be tested.
type mutant struct {
	Mutant
	address object.Address
	change  change
	// hidden means that the change shows a sensitive value.
	hidden bool
}

// Effect is what a mutant means for the people who are notified.
type Effect string

// The effects, the most severe first.
const (
	// Missed: a problem notifies fewer people, or no one.
	Missed Effect = "missed"
	// FalseAlarm: people are notified without a reason.
	FalseAlarm Effect = "false_alarm"
	// Delayed: people are notified at another time.
	Delayed Effect = "delayed"
	// Repeated: the notification is repeated, or ends, at other times.
	Repeated Effect = "repeated"
	// StatusOnly: the monitor has another status, and notifies as before.
	StatusOnly Effect = "status_only"
)

// Effects returns all effects, the most severe first.
func Effects() []Effect { return []Effect{Missed, FalseAlarm, Delayed, Repeated, StatusOnly} }
