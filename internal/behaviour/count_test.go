package behaviour

import "testing"

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
