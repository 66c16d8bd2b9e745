package behaviour

import "ddmon/internal/object"

// Report is how a plan would have changed the outcome of recordings.
type Report struct {
	// Recordings are the recordings with data for a changed monitor, in their original order.
	Recordings []RecordingReport `json:"recordings"`
	// NotEvaluated are changes that could not be evaluated, each reason once.
	NotEvaluated []Effect `json:"not_evaluated,omitempty"`
	// WithoutData are the changed monitors whose data no recording has. Those with a name similar to a recorded one are
	// also in NotEvaluated.
	WithoutData []WithoutData `json:"without_data,omitempty"`
	// Skipped counts the recordings without data for any changed monitor.
	Skipped int `json:"skipped_recordings,omitempty"`
}

// RecordingReport is how a plan would have changed the outcome of one recording.
type RecordingReport struct {
	Recording string `json:"recording"`
	// Incident says that the recording has an incident, which starts at the phase incident_start.
	Incident bool `json:"incident"`
	// Monitors has one effect for each changed monitor and for each composite with a changed member.
	Monitors []Effect `json:"monitors"`
	// Stack is the effect on all monitors together, including unchanged ones. It has no address.
	Stack Effect `json:"stack"`
}

// Kind classifies an effect.
type Kind string

// The kinds of effects, by precedence: an effect of several kinds has the first of them.
const (
	NoLongerDetected Kind = "no longer detected"
	Later            Kind = "later"
	NewFalseAlarms   Kind = "new false alarms"
	NewlyDetected    Kind = "newly detected"
	Earlier          Kind = "earlier"
	FewerFalseAlarms Kind = "fewer false alarms"
	// Different is neither better nor worse: the recipients change, or a monitor that notifies no one alerts at another
	// time.
	Different    Kind = "different"
	NoChange     Kind = "no change"
	NotEvaluated Kind = "not evaluated"
)

// kindsInOrder returns the kinds by precedence.
func kindsInOrder() []Kind {
	return []Kind{NoLongerDetected, Later, NewFalseAlarms, NewlyDetected, Earlier, FewerFalseAlarms, Different, NoChange}
}

// Effect is how a plan would have changed one monitor, or the stack, in one recording.
type Effect struct {
	Address object.Address `json:"address,omitzero"` // the zero Address for the stack
	// Previous is the address of the live monitor if the block was renamed.
	Previous  object.Address `json:"previous_address,omitzero"`
	Recording string         `json:"recording"`
	Before    Verdict        `json:"before"`
	After     Verdict        `json:"after"`
	// Regression says that the incident would be detected later or not at all, or that there would be new false alarms.
	Regression bool `json:"regression"`
	Kind       Kind `json:"kind"`
	// Text is a complete sentence. Short is the same sentence for use next to the recording and the address.
	Text  string `json:"text"`
	Short string `json:"short"`
}

// Verdict is the outcome of a recording for a monitor or the stack.
type Verdict struct {
	// Exists says that the monitor exists. If it does not, nothing else is set.
	Exists bool `json:"exists"`
	// Reason is why the monitor could not be replayed. If set, nothing below is set.
	Reason string `json:"reason,omitempty"`
	// Unrecorded is what the monitor queries and the recording does not have, in words.
	Unrecorded []string `json:"unrecorded,omitempty"`
	// Detected says that the monitor notifies someone during the incident. FirstStatus is the status of the first
	// notification, Recipients are the handles of all of them.
	Detected    bool             `json:"detected"`
	FirstStatus string           `json:"first_status,omitempty"`
	Recipients  []object.Guarded `json:"recipients,omitempty"`
	// By is the monitor that detects the incident first; set for the stack.
	By object.Address `json:"detected_by,omitzero"`
	// Share is the share of the seconds of evaluation, from 0 to 1, that detect the incident.
	Share float64 `json:"share,omitempty"`
	// Earliest and Latest are the seconds since the start of the incident, over those phases.
	Earliest int `json:"earliest_seconds,omitempty"`
	Latest   int `json:"latest_seconds,omitempty"`
	// Silent says that the monitor alerts during the incident (after Earliest to Latest) but notifies no one.
	Silent bool `json:"silent,omitempty"`
	// TooLate says that the monitor notifies only after the incident is over.
	TooLate bool `json:"too_late,omitempty"`
	// FalseAlarms counts the notifications outside an incident at the worst phase. Uncertain says that there are fewer at
	// other phases.
	FalseAlarms int  `json:"false_alarms"`
	Uncertain   bool `json:"uncertain,omitempty"`
}

// certain reports whether the incident is detected at every phase.
func (v *Verdict) certain() bool { return v.Detected && isAll(v.Share) }

// isAll reports whether a share is 1, within rounding.
func isAll(share float64) bool { return share > 0.999 }

// Regressions returns the effects on monitors and on the stack that are regressions.
func (r *Report) Regressions() []Effect {
	var worse []Effect
	for _, rec := range r.Recordings {
		for _, e := range append(rec.Monitors[:len(rec.Monitors):len(rec.Monitors)], rec.Stack) {
			if e.Regression {
				worse = append(worse, e)
			}
		}
	}
	return worse
}

// CountRegressions counts the regressions: one for each monitor and recording. The stack is one only where none of its
// monitors is, because it is worse through them.
func (r *Report) CountRegressions() int {
	n := 0
	for i := range r.Recordings {
		rec := &r.Recordings[i]
		monitors := 0
		for k := range rec.Monitors {
			if rec.Monitors[k].Regression {
				monitors++
			}
		}
		if rec.Stack.Regression {
			monitors = max(monitors, 1)
		}
		n += monitors
	}
	return n
}
