package operation

import (
	"context"
	"path/filepath"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/behaviour"
	"ddmon/internal/diag"
	"ddmon/internal/plan"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// effects are the effects of a plan on the recordings of the stack's tests.
type effects struct {
	report     *behaviour.Report // nil without changes or recordings
	problems   hcl.Diagnostics   // errors in test files and recordings, as warnings
	incomplete bool              // whether a test or a recording could not be read
}

// compareBehaviour replays the recordings of the stack's tests through the live and the desired monitors. An error in a
// test file or a recording becomes a warning, because it must not block a plan. The effects are then incomplete and
// cannot rule out regressions.
func compareBehaviour(ctx context.Context, w *Workspace, p *plan.Plan, now time.Time) (found effects) {
	if p.Empty() {
		return found
	}
	// Only the recordings matter here, so errors in tests are not fatal: deleting a monitor breaks its test.
	stack, diags := w.LoadTests(ctx)
	ignores, _ := diag.FindIgnores(stack.Files)
	found.problems, found.incomplete = asWarnings(ignores.Kept(stack.Problems, now)), diags.HasErrors()
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

// asWarnings converts errors to warnings.
func asWarnings(diags hcl.Diagnostics) hcl.Diagnostics {
	out := make(hcl.Diagnostics, len(diags))
	for i, d := range diags {
		lowered := *d
		lowered.Severity = hcl.DiagWarning
		out[i] = &lowered
	}
	return out
}
