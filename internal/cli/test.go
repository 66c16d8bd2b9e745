package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"runtime"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/cobra"

	"ddmon/internal/expect"
	"ddmon/internal/operation"
	"ddmon/internal/render"
	"ddmon/internal/render/machine"
	"ddmon/internal/render/terminal"
	"ddmon/internal/replay"
	"ddmon/internal/report"
	"ddmon/internal/series"
)

// testFlags are the flags of test.
type testFlags struct {
	vars     variableFlags
	run      string
	second   secondFlag
	verbose  bool
	junit    string
	html     string
	coverage bool
	minimum  float64
}

func newTestCommand(a *App) *cobra.Command {
	var flags testFlags
	cmd := &cobra.Command{
		Use:   "test",
		Short: "Test the monitors against recorded incidents",
		Long: "test runs the test blocks in *.test.hcl. Each test replays a recording through the stack's monitors, with\n" +
			"Datadog's evaluation rules, and compares the result with its expectations. It runs offline.\n" +
			"Run `ddmon schema test` and `ddmon schema recording` to list what tests and recordings contain.",
		Example: "  # Run all tests of the stack\n" +
			"  ddmon test\n" +
			"\n" +
			"  # Run the tests whose names match, and write an HTML report with plots\n" +
			"  ddmon test --run 'healthy day' --html report.html",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.test(cmd.Context(), &flags) },
	}
	f := cmd.Flags()
	flags.vars.register(f)
	f.StringVar(&flags.run, "run", "", "run only tests whose name matches `REGEX`")
	flags.second.register(f)
	f.BoolVar(&flags.verbose, "verbose", false, "also show what every monitor did in passing tests")
	f.StringVar(&flags.junit, "junit", "", "write the results as JUnit XML to `FILE`; - prints them instead of the text")
	f.StringVar(&flags.html, "html", "", "write an HTML report with plots, states and notifications to `FILE`")
	f.BoolVar(&flags.coverage, "coverage", false, "also report monitors and incidents without tests, and changes that no test would detect")
	f.Float64Var(&flags.minimum, "coverage-min", 0, "report the coverage, and exit 1 if the tests detect less than `PERCENT` of the detectable changes")
	return cmd
}

func (a *App) test(ctx context.Context, flags *testFlags) error {
	if a.flags.json && flags.junit == "-" {
		return errors.New("--json and --junit - both write to standard output: use --junit FILE")
	}
	options, err := testOptions(flags)
	if err != nil {
		return err
	}
	tested, diags, err := operation.Test(ctx, a.workspace(&flags.vars), options)
	if err != nil {
		return err
	}
	if diags.HasErrors() {
		return a.showFailure(ctx, tested.Stack, diags)
	}
	run := testRun(tested.Outcomes, a.flags.json || flags.verbose)
	run.Coverage = coverageOf(tested.Coverage)
	if err := a.showTests(ctx, tested, run, flags.verbose, flags.junit == "-"); err != nil {
		return err
	}
	if flags.junit != "" {
		if err := a.writeTo(flags.junit, func(w io.Writer) error { return machine.JUnit(w, run) }); err != nil {
			return err
		}
	}
	if flags.html != "" {
		page := report.Page{Title: "Tests of " + tested.Stack.Name, Generated: a.stamp(), Sections: sections(tested.Outcomes)}
		if err := a.writePage(flags.html, page); err != nil {
			return err
		}
	}
	if run.Failed > 0 {
		return errFailed
	}
	return a.requireCoverage(run.Coverage, flags.minimum)
}

// requireCoverage fails if the tests detect too few changes. The message goes to standard error, because standard
// output can be one JSON document.
func (a *App) requireCoverage(c *render.Coverage, minimum float64) error {
	if c == nil || minimum == 0 || c.Detectable > 0 && float64(c.Detected*100) >= minimum*float64(c.Detectable) {
		return nil
	}
	a.logf("Error: the tests detect %g%% of the detectable changes (%d of %d), less than --coverage-min %g.", c.Percent(), c.Detected, c.Detectable, minimum)
	return errFailed
}

func testOptions(f *testFlags) (operation.TestOptions, error) {
	o := operation.TestOptions{Second: int(f.second), Values: f.html != "", Parallel: runtime.NumCPU(), Coverage: f.coverage}
	switch {
	case f.minimum < 0 || f.minimum > 100 || math.IsNaN(f.minimum):
		return o, fmt.Errorf("invalid --coverage-min %g: use a percentage, 0 to 100", f.minimum)
	case f.minimum > 0:
		o.Coverage = true
	}
	if f.run == "" {
		return o, nil
	}
	pattern, err := regexp.Compile(f.run)
	if err != nil {
		return o, fmt.Errorf("invalid --run %q: %w", f.run, err)
	}
	o.Run = pattern
	return o, nil
}

// showTests writes the results: text, or one JSON document with --json.
func (a *App) showTests(ctx context.Context, tested *operation.Tested, run *render.TestRun, verbose, junitOnly bool) error {
	if a.flags.json {
		return a.writeDocument(run)
	}
	outcomes := tested.Outcomes
	shown := make(map[*hcl.Diagnostic]bool)
	var diags hcl.Diagnostics
	for i := range outcomes {
		for _, d := range outcomes[i].Err {
			if shown[d] {
				continue
			}
			shown[d] = true
			if d.Subject == nil || d.Subject.Start.Line == 0 {
				placed := *d // the file does not exist: point at the reference to it
				placed.Subject = &outcomes[i].Test.RecordingRange
				d = &placed
			}
			diags = append(diags, d)
		}
	}
	if err := a.showDiagnostics(ctx, tested.Stack.Files, diags); err != nil {
		return err
	}
	if junitOnly {
		return nil
	}
	return terminal.Tests(a.Stdout, run, verbose, a.style())
}

// stamp returns the time and the version of ddmon that wrote a report.
func (a *App) stamp() string {
	return a.Now().UTC().Format("2006-01-02 15:04 UTC") + " by ddmon " + version
}

// inputs returns the part of a recording that each monitor evaluates. Monitors that cannot be evaluated have none.
func inputs(monitors []replay.Monitor, rec *series.Recording) map[string]report.Input {
	found := make(map[string]report.Input, len(monitors))
	for _, m := range monitors {
		if in, err := m.Inputs(rec); err == nil {
			found[m.Address] = report.Input(in)
		}
	}
	return found
}

// sections returns the tests as sections of the report.
func sections(outcomes []expect.Outcome) []report.Section {
	var out []report.Section
	for i := range outcomes {
		o := &outcomes[i]
		s := report.Section{Name: o.Test.Name, Passed: o.Passed(), Problem: problem(o)}
		if s.Problem == "" {
			s.Recording, s.Result, s.Comparisons, s.Warnings = o.Recording, o.Result, o.Comparisons, o.Warnings
			s.Monitors = expect.Monitors(o.Test.Objects)
			s.Inputs = inputs(s.Monitors, o.Recording)
		}
		out = append(out, s)
	}
	return out
}
