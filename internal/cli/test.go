package cli

import (
	"fmt"
	"io"
	"regexp"
	"runtime"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/cobra"

	"ddmon/internal/config"
	"ddmon/internal/diag"
	"ddmon/internal/expect"
	"ddmon/internal/render"
	"ddmon/internal/replay"
	"ddmon/internal/report"
	"ddmon/internal/root"
	"ddmon/internal/series"
)

// testFlags are the flags of test.
type testFlags struct {
	vars     variableFlags
	run      string
	phase    int
	verbose  bool
	junit    string
	html     string
	coverage bool
}

func (a *App) newTestCommand() *cobra.Command {
	var flags testFlags
	cmd := &cobra.Command{
		Use:   "test",
		Short: "Replay recorded incidents through the monitors and check what they would have done",
		Long: "test runs the test blocks of *.test.hcl: each replays a recording through the stack's monitors, by Datadog's\n" +
			"own rules of evaluation, and holds what would have happened against what is expected. It asks nobody.",
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.test(&flags) },
	}
	f := cmd.Flags()
	flags.vars.register(f)
	f.StringVar(&flags.run, "run", "", "only tests whose name matches this `REGEX`")
	f.IntVar(&flags.phase, "phase", allPhases, "evaluate only at this `SECOND` of the minute, 0 to 59; -1 tries them all")
	f.BoolVar(&flags.verbose, "verbose", false, "also show what every monitor did in tests that pass")
	f.StringVar(&flags.junit, "junit", "", "write the results as JUnit XML to `FILE`")
	f.StringVar(&flags.html, "html", "", "write a page with plots, states and notifications to `FILE`")
	f.BoolVar(&flags.coverage, "coverage", false, "also say which monitors and incidents no test covers, and which changes no test would notice")
	return cmd
}

func (a *App) test(flags *testFlags) error {
	options, err := a.testOptions(flags)
	if err != nil {
		return err
	}
	stack, diags := a.loadTests(&flags.vars)
	if diags.HasErrors() {
		return a.showFailure(stack, diags)
	}
	if len(stack.Tests) == 0 {
		return fmt.Errorf("there are no tests: write a test block into a file whose name ends in .test.hcl, beside the monitors")
	}
	outcomes := expect.Run(stack.Tests, a.loadRecording, options)
	if len(outcomes) == 0 {
		return fmt.Errorf("no test's name matches --run %q: `ddmon test` runs them all", flags.run)
	}
	run := testRun(outcomes, a.flags.json || flags.verbose)
	if flags.coverage {
		run.Coverage = coverageOf(stack, outcomes, options)
	}
	if err := a.showTests(stack.Files, outcomes, run, flags.verbose); err != nil {
		return err
	}
	if flags.junit != "" {
		if err := a.writeFile(flags.junit, func(w io.Writer) error { return render.JUnit(w, run) }); err != nil {
			return err
		}
	}
	if flags.html != "" {
		page := report.Page{Title: "Tests of " + stack.Name, Generated: a.stamp(), Sections: sections(outcomes)}
		if err := a.writePage(flags.html, page); err != nil {
			return err
		}
	}
	if run.Failed > 0 {
		return errFailed
	}
	return nil
}

// allPhases as a --phase tries every second of the minute at which Datadog may evaluate.
const allPhases = -1

func (a *App) replayOptions(phase int, values bool) replay.Options {
	o := replay.Options{Values: values, Context: a.context}
	if phase != allPhases {
		o.Phase, o.OnePhase = phase, true
	}
	return o
}

func (a *App) testOptions(f *testFlags) (expect.Options, error) {
	o := expect.Options{Parallel: runtime.NumCPU(), Replay: a.replayOptions(f.phase, f.html != "")}
	if f.run == "" {
		return o, nil
	}
	pattern, err := regexp.Compile(f.run)
	if err != nil {
		return o, fmt.Errorf("--run %q is no regular expression: %w", f.run, err)
	}
	o.Run = pattern
	return o, nil
}

// loadTests reads the stack with its tests. Diagnostics come back sorted.
func (a *App) loadTests(v *variableFlags) (*config.Stack, hcl.Diagnostics) {
	stack, diags := config.Load(config.Options{Dir: a.flags.dir, Inputs: v.inputs, Environ: a.Environ, Tests: true, Context: a.context})
	diag.Sort(diags)
	a.hide.learnStack(stack)
	return stack, diags
}

// loadRecording reads a recording that a test of the stack names; it lies in the stack's folder.
func (a *App) loadRecording(path string) (*series.Recording, hcl.Diagnostics) {
	in, err := root.Open(a.flags.dir)
	if err != nil {
		return nil, hcl.Diagnostics{diag.Error("unreadable_directory", "Directory cannot be read", err.Error()+".", hcl.Range{})}
	}
	defer func() { _ = in.Close() }() // it was only read
	name, ok := in.Rel(path)
	if !ok {
		return nil, hcl.Diagnostics{diag.Error("outside_stack", "Recording outside of the stack", path+" is outside of the stack's folder, and nothing outside of "+
			"it is read. Copy the recording into the stack. `ddmon replay` reads one from anywhere.", hcl.Range{})}
	}
	return coded(series.LoadIn(in, name))
}

// coded gives the diagnostics of a recording a code, which the package that reads it does not.
func coded(rec *series.Recording, diags hcl.Diagnostics) (*series.Recording, hcl.Diagnostics) {
	for _, d := range diags {
		if d.Extra == nil {
			d.Extra = diag.Extra{Code: "recording"}
		}
	}
	return rec, diags
}

// showTests writes the results: text, or one document with --json.
func (a *App) showTests(files map[string]*hcl.File, outcomes []expect.Outcome, run *render.TestRun, verbose bool) error {
	if a.flags.json {
		return writeJSON(a.Stdout, run)
	}
	told := make(map[*hcl.Diagnostic]bool)
	var diags hcl.Diagnostics
	for i := range outcomes {
		for _, d := range outcomes[i].Err {
			if told[d] {
				continue
			}
			told[d] = true
			if d.Subject == nil || d.Subject.Start.Line == 0 {
				placed := *d // a file that is not there: what can be mended is where it is named
				placed.Subject = &outcomes[i].Test.RecordingRange
				d = &placed
			}
			diags = append(diags, d)
		}
	}
	if err := a.showDiagnostics(files, diags); err != nil {
		return err
	}
	return render.Tests(a.Stdout, run, verbose, a.style())
}

// stamp says when and by what a page was made.
func (a *App) stamp() string {
	return a.Now().UTC().Format("2006-01-02 15:04 UTC") + " by ddmon " + version
}

// inputs are what of a recording each monitor looks at. One that is not evaluated has none.
func inputs(monitors []replay.Monitor, rec *series.Recording) map[string]report.Input {
	found := make(map[string]report.Input, len(monitors))
	for _, m := range monitors {
		if in, err := m.Inputs(rec); err == nil {
			found[m.Address] = report.Input(in)
		}
	}
	return found
}

// sections are the tests as the page shows them.
func sections(outcomes []expect.Outcome) []report.Section {
	var out []report.Section
	for i := range outcomes {
		o := &outcomes[i]
		if o.Result == nil {
			continue
		}
		s := report.Section{
			Name: o.Test.Name, Passed: o.Passed(), Recording: o.Recording, Result: o.Result, Monitors: expect.Monitors(o.Test.Objects),
		}
		s.Inputs = inputs(s.Monitors, o.Recording)
		for _, f := range o.Failures {
			s.Failures = append(s.Failures, fmt.Sprintf("%s: expected %s\nactual: %s\n%s", f.Address, f.Expected, f.Actual, f.Timeline))
		}
		out = append(out, s)
	}
	return out
}
