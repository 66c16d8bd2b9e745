package behaviour

import "ddmon/internal/object"

// Report is what a plan would have meant in recorded time.
type Report struct {
	// Recordings are those that concern a change, in their order.
	Recordings []RecordingReport `json:"recordings"`
	// NotEvaluated are changes that cannot be judged, each reason once.
	NotEvaluated []Effect `json:"not_evaluated,omitempty"`
	// Skipped counts the recordings that hold nothing that a changed monitor asks for.
	Skipped int `json:"skipped_recordings,omitempty"`
}

// RecordingReport is what a plan would have meant in one recording.
type RecordingReport struct {
	Recording string `json:"recording"`
	// Incident says that the recording has phases incident_start and incident_end.
	Incident bool `json:"incident"`
	// Monitors has one effect for each changed monitor, and for each composite of which a member changes.
	Monitors []Effect `json:"monitors"`
	// Stack is the effect on all monitors together, those that do not change too. It has no address.
	Stack Effect `json:"stack"`
}

// Kind says what an effect is.
type Kind string

// The kinds of effect. Where an effect is of several kinds, it is of the first of them.
const (
	NoLongerCaught   Kind = "no longer caught"
	Later            Kind = "later"
	NewFalseAlarms   Kind = "new false alarms"
	NewlyCaught      Kind = "newly caught"
	Earlier          Kind = "earlier"
	FewerFalseAlarms Kind = "fewer false alarms"
	// Different is neither better nor worse: others are told, or what tells nobody alerts at another time.
	Different    Kind = "different"
	NoChange     Kind = "no change"
	NotEvaluated Kind = "not evaluated"
)

// kindsInOrder is the order in which one kind hides another.
func kindsInOrder() []Kind {
	return []Kind{NoLongerCaught, Later, NewFalseAlarms, NewlyCaught, Earlier, FewerFalseAlarms, Different, NoChange}
}

// Effect is what a plan would have meant for one monitor, or for the stack, in one recording.
type Effect struct {
	Address   object.Address `json:"address,omitzero"` // the zero Address for the stack
	Recording string         `json:"recording"`
	Before    Verdict        `json:"before"`
	After     Verdict        `json:"after"`
	// Regression says that the incident would be caught later or no longer, or that there would be new false alarms.
	Regression bool `json:"regression"`
	Kind       Kind `json:"kind"`
	// Text is a sentence that stands alone, Short the same where recording and address stand beside it.
	Text  string `json:"text"`
	Short string `json:"short"`
}

// Verdict is how a monitor, or the stack, did in a recording.
type Verdict struct {
	// Exists says that there is such a monitor; without it nothing else is set.
	Exists bool `json:"exists"`
	// Reason is why it could not be replayed; nothing below is set then.
	Reason string `json:"reason,omitempty"`
	// Caught says that it tells somebody during the incident. As is the status that is told first, Tells who is told.
	Caught bool             `json:"caught"`
	As     string           `json:"as,omitempty"`
	Tells  []object.Guarded `json:"tells,omitempty"`
	// By is the monitor by which the stack catches first.
	By object.Address `json:"by,omitzero"`
	// Share is the part of all phases of evaluation (0 to 1) that catch the incident.
	Share float64 `json:"share,omitempty"`
	// Earliest and Latest are the seconds since the start of the incident, over those phases.
	Earliest int `json:"earliest_seconds,omitempty"`
	Latest   int `json:"latest_seconds,omitempty"`
	// Silent says that it alerts during the incident (after Earliest to Latest) and tells nobody.
	Silent bool `json:"silent,omitempty"`
	// TooLate says that it tells of the incident only when that is over.
	TooLate bool `json:"too_late,omitempty"`
	// FalseAlarms counts how often somebody would be told, without an incident, at the worst phases; Uncertain says that
	// at others it would be less often.
	FalseAlarms int  `json:"false_alarms"`
	Uncertain   bool `json:"uncertain,omitempty"`
}

// certain reports whether the incident is caught whatever the phase.
func (v *Verdict) certain() bool { return v.Caught && isAll(v.Share) }

// isAll allows for the rounding of shares that were added up.
func isAll(share float64) bool { return share > 0.999 }

// Regressions returns the effects that make things worse: of monitors, and of the stack.
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
