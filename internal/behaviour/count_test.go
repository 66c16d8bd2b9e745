package behaviour

import (
	"testing"

	"ddmon/internal/object"
)

// TestCountRegressions: a monitor counts once for each recording, and the stack only if none of its monitors does.
func TestCountRegressions(t *testing.T) {
	worse, same := Effect{Regression: true}, Effect{}
	r := Report{Recordings: []RecordingReport{
		{Monitors: []Effect{worse, worse, same}, Stack: worse},
		{Monitors: []Effect{worse}, Stack: same},
		{Monitors: []Effect{same}, Stack: worse},
		{Monitors: []Effect{same}, Stack: same},
	}}
	if n := r.CountRegressions(); n != 4 {
		t.Errorf("%d regressions, want 4", n)
	}
}

// TestNotEvaluated: the reason of the desired monitor comes first; else the live monitor is why.
func TestNotEvaluated(t *testing.T) {
	for _, tt := range []struct{ before, after, want string }{
		{"", "not evaluated: no window", "not evaluated: no window"},
		{"", "no window", "not evaluated: no window"},
		{"not evaluated: old", "not evaluated: new", "not evaluated: new"},
		{"not evaluated: old", "", "not evaluated: live monitor: old"},
		{"old", "", "not evaluated: live monitor: old"},
	} {
		e := notEvaluated(Effect{Address: object.Address{Kind: "monitor", Name: "m"}, Recording: "r", Before: Verdict{Reason: tt.before}, After: Verdict{Reason: tt.after}})
		if e.Short != tt.want || e.Text != "monitor.m: "+tt.want || e.Recording != "" || e.Kind != NotEvaluated {
			t.Errorf("%q, %q: %+v", tt.before, tt.after, e)
		}
	}
}
