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

// TestOptions are the options of Test.
type TestOptions struct {
	Run      *regexp.Regexp // selects tests by name; nil runs all
	Second   int            // the second of the minute to evaluate at; AllSeconds tries them all
	Values   bool           // include the value of every evaluation in the results
	Parallel int            // the maximum number of recordings to replay in parallel
	Coverage bool           // report the coverage
}

// Tested is the result of a stack's tests.
type Tested struct {
	Stack    *config.Stack
	Outcomes []expect.Outcome
	Coverage *Coverage // nil unless requested
}

// Coverage is the coverage of a stack's tests.
type Coverage struct {
	expect.CoverageReport
	// Failing is how many tests fail. If any does, the mutants are not tested: a test detects a change of a monitor by
	// failing, so it must pass first.
	Failing int
	// NotRun is how many tests of the stack TestOptions.Run excludes.
	NotRun   int
	Mutants  []expect.Mutant
	Untested []string // addresses of monitors whose values no test depends on
}

// Test runs the tests of a stack. If the diagnostics include errors, no test was run.
func Test(ctx context.Context, w *Workspace, o TestOptions) (*Tested, hcl.Diagnostics, error) {
	stack, diags := w.LoadTests(ctx)
	t := &Tested{Stack: stack.Stack}
	if diags.HasErrors() {
		return t, diags, nil
	}
	if len(stack.Tests) == 0 {
		return t, nil, errors.New("there are no tests: add a test block to a *.test.hcl file next to the monitors")
	}
	options := expect.Options{Run: o.Run, Parallel: o.Parallel, Replay: ReplayOptions(ctx, o.Second, o.Values)}
	t.Outcomes = expect.Run(stack.Tests, w.Recording, options)
	if len(t.Outcomes) == 0 {
		return t, nil, fmt.Errorf("no test matches --run %q: omit --run to run all tests", o.Run)
	}
	if o.Coverage {
		t.Coverage = coverageOf(t, len(stack.Tests), options)
	}
	return t, nil, nil
}

// coverageOf returns the coverage of tests that have run, of all tests of the stack.
func coverageOf(t *Tested, tests int, o expect.Options) *Coverage {
	var recordings []*series.Recording
	for i := range t.Outcomes {
		if rec := t.Outcomes[i].Recording; rec != nil && !slices.Contains(recordings, rec) {
			recordings = append(recordings, rec)
		}
	}
	c := &Coverage{CoverageReport: expect.Coverage(t.Stack.Objects, t.Outcomes, recordings, o.Replay), NotRun: tests - len(t.Outcomes)}
	for i := range t.Outcomes {
		if !t.Outcomes[i].Passed() {
			c.Failing++
		}
	}
	if c.Failing > 0 {
		return c
	}
	c.Mutants = expect.Mutate(t.Stack.Objects, t.Outcomes, o)
	c.Untested = expect.Untested(c.Mutants)
	return c
}
