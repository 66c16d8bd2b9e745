package operation

import (
	"context"
	"path/filepath"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/behaviour"
	"ddmon/internal/plan"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// effects are what a plan would have meant in the recordings of the stack's tests.
type effects struct {
	report     *behaviour.Report // nil where nothing changes or there is no recording
	problems   hcl.Diagnostics   // errors in test files and recordings, as warnings
	incomplete bool              // whether a test or a recording could not be read
}

// compareBehaviour replays the recordings that the stack's tests name through the live and the desired monitors. An error in
// a test file or a recording is a warning: it must not prevent a plan from being shown or applied. The effects are then
// incomplete, and do not prove that there is no regression.
func compareBehaviour(ctx context.Context, w *Workspace, p *plan.Plan) (found effects) {
	if p.Empty() {
		return found
	}
	// A test with errors still names its recording, which is all that is needed here: deleting a monitor makes its test
	// an error.
	stack, diags := w.LoadTests(ctx)
	found.problems, found.incomplete = asWarnings(diags), diags.HasErrors()
	var recordings []*series.Recording
	seen := make(map[string]bool)
	for _, t := range stack.Tests {
		path := filepath.Clean(t.Recording)
		if t.Recording == "" || seen[path] {
			continue
		}
		seen[path] = true
		rec, diags := w.Recording(path)
		found.problems = append(found.problems, asWarnings(diags)...)
		if rec == nil {
			found.incomplete = true
			continue
		}
		recordings = append(recordings, rec)
	}
	if len(recordings) > 0 {
		found.report = behaviour.Compare(p, recordings, behaviour.Options{Replay: replay.Options{Context: ctx}})
	}
	return found
}

// asWarnings lowers errors to warnings.
func asWarnings(diags hcl.Diagnostics) hcl.Diagnostics {
	out := make(hcl.Diagnostics, len(diags))
	for i, d := range diags {
		lowered := *d
		lowered.Severity = hcl.DiagWarning
		out[i] = &lowered
	}
	return out
}
