package render

import "time"

// Verification is the result of a guide for output.
type Verification struct {
	FormatVersion string             `json:"format_version"`
	Guide         string             `json:"guide"`
	Recording     string             `json:"recording,omitempty"`
	At            time.Time          `json:"at"`
	Outcome       string             `json:"outcome"`
	Conclusions   []Conclusion       `json:"conclusions"`
	Steps         []VerificationStep `json:"steps"`
	// Preventing are the steps that prevented a verdict, if the outcome is "could not tell".
	Preventing []string  `json:"preventing,omitempty"`
	Control    SpanShown `json:"control"`
}

// SpanShown is a window; Name is the recording that it is in, if that is another one.
type SpanShown struct {
	Name string    `json:"recording,omitempty"`
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// Conclusion is a conclusion of a guide.
type Conclusion struct {
	Name string `json:"name"`
	// Holds is "yes", "no" or "unknown".
	Holds       string     `json:"holds"`
	Reason      string     `json:"reason,omitempty"`
	Cause       string     `json:"cause,omitempty"`
	Severity    string     `json:"severity,omitempty"`
	Impact      string     `json:"impact,omitempty"`
	Remediation string     `json:"remediation,omitempty"`
	Verify      string     `json:"verify,omitempty"`
	Recovered   string     `json:"recovered,omitempty"`
	Evidence    []Evidence `json:"evidence"`
}

// Evidence is a step that failed.
type Evidence struct {
	Step     string `json:"step"`
	Sentence string `json:"sentence"`
	// Onset is when the step began to fail; nil if that is unknown. After is the distance to the first onset.
	Onset        *time.Time `json:"onset,omitempty"`
	AfterSeconds float64    `json:"after_seconds"`
}

// VerificationStep is a step of a guide.
type VerificationStep struct {
	Name     string    `json:"name"`
	Product  string    `json:"product"`
	Query    string    `json:"query"`
	By       []string  `json:"by,omitempty"`
	Window   SpanShown `json:"window"`
	Verdict  string    `json:"verdict"`
	Sentence string    `json:"sentence"`
	// Reason says why the verdict is unknown.
	Reason string              `json:"reason,omitempty"`
	Hint   string              `json:"hint,omitempty"`
	Basis  string              `json:"basis,omitempty"`
	Groups []VerificationGroup `json:"groups"`
	Causes []VerificationCause `json:"causes,omitempty"`
	Onset  *time.Time          `json:"onset,omitempty"`
	// OutsideIncident means that the onset is outside the incident's phases.
	OutsideIncident bool              `json:"outside_incident,omitempty"`
	LastBefore      *VerificationLine `json:"last_before,omitempty"`
	FirstAfter      *VerificationLine `json:"first_after,omitempty"`
	// RestoredSeconds is how long after the remediation the expectation held again.
	RestoredSeconds float64 `json:"restored_seconds,omitempty"`
	Requests        int     `json:"requests"`
}

// VerificationGroup is the result of a step for one group.
type VerificationGroup struct {
	Group   string              `json:"group"`
	Verdict string              `json:"verdict"`
	Checks  []VerificationCheck `json:"checks"`
	// Points are shown as a sparkline.
	Points []VerificationPoint `json:"points,omitempty"`
}

// VerificationPoint is one point of an answer.
type VerificationPoint struct {
	At    time.Time `json:"at"`
	Value float64   `json:"value"`
}

// VerificationCheck is the comparison with one attribute of the expectation.
type VerificationCheck struct {
	Attribute string `json:"attribute"`
	Expected  string `json:"expected"`
	Actual    string `json:"actual"`
	Verdict   string `json:"verdict"`
}

// VerificationCause is a possible cause of an empty answer.
type VerificationCause struct {
	Name     string `json:"name"`
	Excluded bool   `json:"excluded"`
	Detail   string `json:"detail"`
}

// VerificationLine is a log or an event.
type VerificationLine struct {
	At   time.Time `json:"at"`
	Text string    `json:"text"`
}
