package machine

import (
	"time"

	"ddmon/internal/apply"
	"ddmon/internal/diag"
)

// Start is the first line of apply and destroy.
type Start struct {
	Type          string `json:"type"` // "start"
	FormatVersion string `json:"format_version"`
	Tool          string `json:"ddmon_version"`
	Command       string `json:"command"`
}

// PlanLine is the line with the plan.
type PlanLine struct {
	Type string `json:"type"` // "plan"
	Plan Plan   `json:"plan"`
}

// DiagnosticLine is a line with a diagnostic that is not in the plan.
type DiagnosticLine struct {
	Type       string     `json:"type"` // "diagnostic"
	Diagnostic Diagnostic `json:"diagnostic"`
}

// DiagnosticLines returns a line for each diagnostic.
func DiagnosticLines(shown diag.Shown) []DiagnosticLine {
	var out []DiagnosticLine
	for _, d := range JSONDiagnostics(shown) {
		out = append(out, DiagnosticLine{"diagnostic", d})
	}
	return out
}

// Remaining is the line with the changes that Datadog does not show after they were applied.
type Remaining struct {
	Type   string `json:"type"` // "remaining"
	Reason string `json:"reason"`
	Plan   Plan   `json:"plan"`
}

// Event is the line of an event.
type Event struct {
	Type    string  `json:"type"`
	Address string  `json:"address"`
	Action  string  `json:"action"`
	Step    string  `json:"step,omitempty"`
	ID      string  `json:"id,omitempty"`
	Error   string  `json:"error,omitempty"`
	Reason  string  `json:"reason,omitempty"`
	Theirs  bool    `json:"by_another_run,omitempty"`
	Seconds float64 `json:"elapsed_seconds"`
}

// NewEvent returns the line of an event.
func NewEvent(e apply.Event, took time.Duration) Event {
	j := Event{
		Type: "apply_" + string(e.Phase), Address: e.Address.String(), Action: string(e.Action), Step: string(e.Step),
		ID: e.ID, Reason: e.Reason, Theirs: e.Theirs, Seconds: took.Seconds(),
	}
	if e.Err != nil {
		j.Error = e.Err.Error()
	}
	return j
}

// NewProgress returns the line of an object that is still in flight.
func NewProgress(e apply.Event, took time.Duration) Event {
	j := NewEvent(e, took)
	j.Type = "apply_progress"
	return j
}

// Result is the last line of apply and destroy, unless they end with an Error.
type Result struct {
	Type        string    `json:"type"` // "apply_summary"
	OK          bool      `json:"ok"`
	Added       int       `json:"added"`
	Changed     int       `json:"changed"`
	Destroyed   int       `json:"destroyed"`
	Failed      int       `json:"failed"`
	Skipped     int       `json:"skipped"`
	Interrupted bool      `json:"interrupted,omitempty"`
	Stale       bool      `json:"stale,omitempty"`
	Outcomes    []Outcome `json:"outcomes"`
}

// Outcome is the outcome of a change.
type Outcome struct {
	Address string `json:"address"`
	Action  string `json:"action"`
	Status  string `json:"status"`
	ID      string `json:"id,omitempty"`
	Error   string `json:"error,omitempty"`
	Reason  string `json:"reason,omitempty"`
}

// NewResult returns the last line of a run. ok reports whether the whole command succeeded.
func NewResult(r *apply.Result, ok bool) Result {
	j := Result{
		Type: "apply_summary", OK: ok, Added: r.Added, Changed: r.Changed, Destroyed: r.Destroyed,
		Failed: r.Failed, Skipped: r.Skipped, Interrupted: r.Interrupted, Stale: r.Stale, Outcomes: []Outcome{},
	}
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		if o.Status == apply.StatusUnchanged {
			continue
		}
		out := Outcome{
			Address: o.Address.String(), Action: string(o.Action), Status: string(o.Status), ID: o.ID, Reason: o.Reason,
		}
		if o.Err != nil {
			out.Error = o.Err.Error()
		}
		j.Outcomes = append(j.Outcomes, out)
	}
	return j
}
