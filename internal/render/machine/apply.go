package machine

import (
	"time"

	"ddmon/internal/apply"
)

// EventJSON returns the JSON output of an event.
func EventJSON(e apply.Event, took time.Duration) any {
	j := eventJSON{
		Type: "apply_" + string(e.Phase), Address: e.Address.String(), Action: string(e.Action), Step: string(e.Step),
		ID: e.ID, Reason: e.Reason, Theirs: e.Theirs, Seconds: took.Seconds(),
	}
	if e.Err != nil {
		j.Error = e.Err.Error()
	}
	return j
}

type eventJSON struct {
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

// ApplyJSON returns the JSON output of a run's result.
func ApplyJSON(r *apply.Result) any {
	j := resultJSON{
		Type: "apply_summary", OK: r.OK() && !r.Interrupted, Added: r.Added, Changed: r.Changed, Destroyed: r.Destroyed,
		Failed: r.Failed, Skipped: r.Skipped, Interrupted: r.Interrupted,
	}
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		if o.Status == apply.StatusUnchanged {
			continue
		}
		out := outcomeJSON{
			Address: o.Address.String(), Action: string(o.Action), Status: string(o.Status), ID: o.ID, Reason: o.Reason,
		}
		if o.Err != nil {
			out.Error = o.Err.Error()
		}
		j.Outcomes = append(j.Outcomes, out)
	}
	return j
}

type resultJSON struct {
	Type        string        `json:"type"`
	OK          bool          `json:"ok"`
	Added       int           `json:"added"`
	Changed     int           `json:"changed"`
	Destroyed   int           `json:"destroyed"`
	Failed      int           `json:"failed"`
	Skipped     int           `json:"skipped"`
	Interrupted bool          `json:"interrupted,omitempty"`
	Outcomes    []outcomeJSON `json:"outcomes"`
}

type outcomeJSON struct {
	Address string `json:"address"`
	Action  string `json:"action"`
	Status  string `json:"status"`
	ID      string `json:"id,omitempty"`
	Error   string `json:"error,omitempty"`
	Reason  string `json:"reason,omitempty"`
}
