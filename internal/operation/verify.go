package operation

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/expect"
	"ddmon/internal/guide"
	"ddmon/internal/guide/recorded"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// VerifyOptions are the options of VerifyRecording.
type VerifyOptions struct {
	// Guide is the name of the guide.
	Guide string
	// Recording is the path of the recording.
	Recording string
	// At is the time of the run, in a form of testfile.RecordingTime; "" means the end of the recording.
	At string
	// Remediated is the time of the remediation; "" means the phase recovery_start, if there is one.
	Remediated string
	Progress   func(*guide.Step)
}

// Verified is the result of running a guide.
type Verified struct {
	// Recording is the name of the recording; "" for Datadog.
	Recording string
	Result    *guide.Result
}

// VerifyRecording runs a guide of a stack on a recording. On failure, the diagnostics say why.
func (w *Workspace) VerifyRecording(ctx context.Context, stack *config.Stack, o VerifyOptions) (*Verified, hcl.Diagnostics, error) {
	g, err := guideNamed(stack, o.Guide)
	if err != nil {
		return nil, nil, err
	}
	rec, diags := withCode(series.Load(o.Recording))
	if rec == nil {
		return nil, diags, nil
	}
	at, err := timeIn(rec, "--at", o.At, "", rec.End)
	if err != nil {
		return nil, nil, err
	}
	options := guide.Options{At: at, Progress: o.Progress}
	if options.Remediated, err = timeIn(rec, "--remediated", o.Remediated, recorded.RecoveryStart, 0); err != nil {
		return nil, nil, err
	}
	result, diags, err := recorded.Run(ctx, g, rec, expect.Monitors(stack.Objects), options, w.Recording)
	if err != nil || result == nil {
		return nil, diags, err
	}
	return &Verified{rec.Name, result}, nil, nil
}

func guideNamed(stack *config.Stack, name string) (*guide.Guide, error) {
	var names []string
	for _, g := range stack.Guides {
		if g.Name == name {
			return g, nil
		}
		names = append(names, g.Name)
	}
	if len(names) == 0 {
		return nil, errors.New("the stack has no guides: add a guide block to one of its files")
	}
	return nil, fmt.Errorf("the stack has no guide %q.%s", name, diag.DidYouMean(name, names))
}

// timeIn resolves a time in a recording; without a text, it is that of a phase or, if the recording does not have it, a
// fixed time in milliseconds (0 for none).
func timeIn(rec *series.Recording, flag, text, phase string, otherwise int64) (time.Time, error) {
	if text == "" {
		if p, ok := rec.Phase(phase); ok {
			otherwise = p.At
		}
		if otherwise == 0 {
			return time.Time{}, nil
		}
		return time.UnixMilli(otherwise).In(rec.Location), nil
	}
	t, ok := testfile.ParseRecordingTime(text)
	if !ok {
		return time.Time{}, fmt.Errorf("invalid %s %q: use a phase (incident_start+5m), a time of day (14:24:11), an offset (+4m) or an absolute time (2025-11-09T14:24:11Z)", flag, text)
	}
	at, err := expect.Resolve(rec, t)
	if err != nil {
		return at, fmt.Errorf("invalid %s: %w", flag, err)
	}
	return at, nil
}
