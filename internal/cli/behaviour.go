package cli

import (
	"path/filepath"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/behaviour"
	"ddmon/internal/plan"
	"ddmon/internal/series"
)

// behaviour replays the recordings that the stack's tests name through the live and the desired monitors. It returns nil
// where nothing changes or there is no recording. A fault in a test file or a recording is a warning: it must not keep
// anybody from seeing or applying a plan. Who asks for no regression gets none promised then.
func (s *session) behaviour(p *plan.Plan) (*behaviour.Report, hcl.Diagnostics) {
	if p.Empty() {
		return nil, nil
	}
	// A faulty test still names its recording, which is all that matters here: a test of a monitor that this plan
	// deletes is faulty by that.
	stack, diags := s.app.loadTests(s.vars)
	problems := asWarnings(diags)
	s.incomplete = diags.HasErrors()
	var recordings []*series.Recording
	seen := make(map[string]bool)
	for _, t := range stack.Tests {
		path := filepath.Clean(t.Recording)
		if t.Recording == "" || seen[path] {
			continue
		}
		seen[path] = true
		rec, diags := s.app.loadRecording(path)
		problems = append(problems, asWarnings(diags)...)
		if rec == nil {
			s.incomplete = true
			continue
		}
		recordings = append(recordings, rec)
	}
	if len(recordings) == 0 {
		return nil, problems
	}
	return behaviour.Compare(p, recordings, behaviour.Options{Replay: s.app.replayOptions(allPhases, false)}), problems
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
