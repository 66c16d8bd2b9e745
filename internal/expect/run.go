package expect

import (
	"errors"
	"regexp"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/routine"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// Options configure which tests run, and how.
type Options struct {
	// Run selects tests by name; nil selects all.
	Run *regexp.Regexp
	// Parallel is how many recordings are loaded or replayed at the same time; at least 1. A single replay uses all
	// processors.
	Parallel int
	// Replay configures the replays. Values uses memory for each evaluation; without it, the monitors of failed tests are
	// replayed again for their values.
	Replay replay.Options
}

// Outcome is the result of one test.
type Outcome struct {
	Test testfile.Test
	// Recording and Result are what the test was checked against. Tests share them.
	Recording *series.Recording
	Result    *replay.Result
	// Comparisons are the expectations, compared with what the monitors did.
	Comparisons []Comparison
	// Warnings are expectations that hold only for lack of data.
	Warnings []Warning
	// Err says why there is no recording or no result. It can contain warnings about a recording that was loaded.
	Err hcl.Diagnostics
}

// Passed reports whether all expectations hold.
func (o Outcome) Passed() bool { return o.Result != nil && len(o.Failures()) == 0 }

// Failures are the expectations that do not hold; empty if the test passed.
func (o Outcome) Failures() []Comparison { return failing(o.Comparisons) }

// Run runs tests and returns their outcomes in the same order, except tests excluded by Options.Run. Each recording is
// loaded once, and replayed once for all tests with the same objects. If Options.Parallel is greater than 1, load is
// called from several goroutines.
func Run(tests []testfile.Test, load func(path string) (*series.Recording, hcl.Diagnostics), o Options) []Outcome {
	var outcomes []Outcome
	for _, t := range tests {
		if o.Run == nil || o.Run.MatchString(t.Name) {
			outcomes = append(outcomes, Outcome{Test: t})
		}
	}
	r := runner{Options: o, outcomes: outcomes, read: load, controls: map[string]*series.Recording{}}
	r.load(load)
	r.replay()
	for i := range outcomes {
		r.check(&outcomes[i])
		r.guides(&outcomes[i])
	}
	return outcomes
}

// runner shares work between tests.
type runner struct {
	Options
	outcomes []Outcome
	read     func(path string) (*series.Recording, hcl.Diagnostics)
	controls map[string]*series.Recording // recordings of control windows that were read
}

// recording reads the recording of a control window once.
func (r *runner) recording(path string) (*series.Recording, hcl.Diagnostics) {
	if rec := r.controls[path]; rec != nil {
		return rec, nil
	}
	rec, diags := r.read(path)
	r.controls[path] = rec
	return rec, diags
}

// inParallel calls f for 0 to n-1, with up to Parallel calls at a time.
func (o Options) inParallel(n int, f func(i int)) {
	g := routine.NewGroup(max(o.Parallel, 1))
	for i := range n {
		g.Go(func() error {
			f(i)
			return nil
		})
	}
	_ = g.Wait() // f returns no error
}

// distinct returns the keys of the outcomes in order, each once.
func distinct[K comparable](outcomes []Outcome, key func(*Outcome) K) []K {
	var keys []K
	seen := map[K]bool{}
	for i := range outcomes {
		if k := key(&outcomes[i]); !seen[k] {
			seen[k] = true
			keys = append(keys, k)
		}
	}
	return keys
}

func (r *runner) load(load func(path string) (*series.Recording, hcl.Diagnostics)) {
	path := func(o *Outcome) string { return o.Test.Recording }
	paths := distinct(r.outcomes, path)
	recordings, diags := make([]*series.Recording, len(paths)), make([]hcl.Diagnostics, len(paths))
	r.inParallel(len(paths), func(i int) { recordings[i], diags[i] = load(paths[i]) })
	for i := range r.outcomes {
		o := &r.outcomes[i]
		at := slices.Index(paths, path(o))
		o.Recording, o.Err = recordings[at], diags[at]
	}
}

// job identifies one replay: a recording and the objects, which are the same if they are in the same slice.
type job struct {
	recording *series.Recording
	first     **object.Object
	count     int
}

func jobOf(o *Outcome) job {
	j := job{recording: o.Recording, count: len(o.Test.Objects)}
	if j.count > 0 {
		j.first = &o.Test.Objects[0]
	}
	return j
}

func (r *runner) replay() {
	jobs := distinct(r.outcomes, jobOf)
	results, errs := make([]*replay.Result, len(jobs)), make([]error, len(jobs))
	of := make(map[job][]*object.Object)
	for i := range r.outcomes {
		of[jobOf(&r.outcomes[i])] = r.outcomes[i].Test.Objects
	}
	r.inParallel(len(jobs), func(i int) {
		if jobs[i].recording != nil {
			results[i], errs[i] = replay.Run(Monitors(of[jobs[i]]), jobs[i].recording, r.Replay)
		}
	})
	for i := range r.outcomes {
		o := &r.outcomes[i]
		if o.Recording == nil {
			continue
		}
		if wrong := timeErrors(o.Test, o.Recording); wrong.HasErrors() {
			o.Err = append(slices.Clone(o.Err), wrong...)
			continue
		}
		at := slices.Index(jobs, jobOf(o))
		if o.Result = results[at]; errs[at] != nil {
			o.Err = append(slices.Clone(o.Err), replayFailed(errs[at], o.Test.RecordingRange))
		}
	}
}

// ReplayLimitExceeded returns the diagnostic of a replay that exceeded a limit.
func ReplayLimitExceeded(e *replay.LimitError, at hcl.Range) *hcl.Diagnostic {
	return diag.Error("limit", "Replay takes too long", "Replay stopped: "+e.Error()+".", at)
}

func replayFailed(err error, at hcl.Range) *hcl.Diagnostic {
	if exceeded := (*replay.LimitError)(nil); errors.As(err, &exceeded) {
		return ReplayLimitExceeded(exceeded, at)
	}
	return diag.Error("replay_failed", "Recording cannot be replayed", "Replay failed: "+err.Error()+".", at)
}

// check checks one test. If it fails, the monitors that fail are replayed again to report their values.
func (r *runner) check(o *Outcome) {
	if o.Result == nil {
		return
	}
	o.Comparisons = Compare(o.Test, o.Recording, o.Result)
	o.Warnings = Warnings(o.Test, o.Result, o.Failures())
	if o.Passed() || r.Replay.Values {
		return
	}
	var addresses []string
	for _, f := range o.Failures() {
		addresses = append(addresses, f.Address)
	}
	options := r.Replay
	options.Values = true
	with, err := replay.Run(withMembers(addresses, Monitors(o.Test.Objects)), o.Recording, options)
	if err == nil { // the first replay would have failed too
		o.Comparisons = Compare(o.Test, o.Recording, o.Result.With(with))
	}
}
