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
// anybody from seeing or applying a plan.
func (s *session) behaviour(p *plan.Plan) (*behaviour.Report, hcl.Diagnostics) {
	if p.Empty() {
		return nil, nil
	}
	stack, diags := s.app.loadTests(s.vars)
	if diags.HasErrors() {
		return nil, asWarnings(diags)
	}
	var recordings []*series.Recording
	var problems hcl.Diagnostics
	seen := make(map[string]bool)
	for _, t := range stack.Tests {
		path := filepath.Clean(t.Recording)
		if seen[path] {
			continue
		}
		seen[path] = true
		rec, diags := loadRecording(path)
		problems = append(problems, asWarnings(diags)...)
		if rec != nil {
			recordings = append(recordings, rec)
		}
	}
	if len(recordings) == 0 {
		return nil, problems
	}
	return behaviour.Compare(p, recordings, behaviour.Options{}), problems
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
