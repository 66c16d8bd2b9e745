package operation

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/config"
	"ddmon/internal/expect"
	"ddmon/internal/series"
)

// TestOptions say which tests to run and how.
type TestOptions struct {
	Run      *regexp.Regexp // what a test's name must match; nil runs all
	Phase    int            // the second of the minute to evaluate at; AllPhases tries them all
	Values   bool           // whether the results hold the value of every evaluation
	Parallel int            // how many recordings are replayed at once
	Coverage bool           // whether to find out what the tests leave out
}

// Tested is what became of a stack's tests.
type Tested struct {
	Stack    *config.Stack
	Outcomes []expect.Outcome
	Coverage *Coverage // nil unless asked for
}

// Coverage is what tests leave out.
type Coverage struct {
	expect.CoverageReport
	Mutants  []expect.Mutant
	Untested []string // addresses of monitors whose values no test depends on
}

// Test runs the tests of a stack. With errors among the diagnostics, none was run.
func Test(ctx context.Context, w *Workspace, o TestOptions) (*Tested, hcl.Diagnostics, error) {
	stack, diags := w.LoadTests(ctx)
	t := &Tested{Stack: stack.Stack}
	if diags.HasErrors() {
		return t, diags, nil
	}
	if len(stack.Tests) == 0 {
		return t, nil, errors.New("there are no tests: write a test block into a file whose name ends in .test.hcl, beside the monitors")
	}
	options := expect.Options{Run: o.Run, Parallel: o.Parallel, Replay: ReplayOptions(ctx, o.Phase, o.Values)}
	t.Outcomes = expect.Run(stack.Tests, w.Recording, options)
	if len(t.Outcomes) == 0 {
		return t, nil, fmt.Errorf("no test's name matches --run %q: `ddmon test` runs them all", o.Run)
	}
	if o.Coverage {
		t.Coverage = coverageOf(t, options)
	}
	return t, nil, nil
}

// coverageOf finds out what the tests leave out.
func coverageOf(t *Tested, o expect.Options) *Coverage {
	var recordings []*series.Recording
	for i := range t.Outcomes {
		if rec := t.Outcomes[i].Recording; rec != nil && !slices.Contains(recordings, rec) {
			recordings = append(recordings, rec)
		}
	}
	c := &Coverage{CoverageReport: expect.Coverage(t.Stack.Objects, t.Outcomes, recordings, o.Replay)}
	c.Mutants = expect.Mutate(t.Stack.Objects, t.Outcomes, o)
	c.Untested = expect.Untested(c.Mutants)
	return c
}
