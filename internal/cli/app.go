package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"ddmon/internal/ddapi"
	"ddmon/internal/render"
)

// App is the surroundings of a run: everything that a test would want to replace.
type App struct {
	Stdin   io.Reader
	Stdout  io.Writer
	Stderr  io.Writer
	Environ []string
	Now     func() time.Time
	// Sleep waits, or until the context is done; nil waits by the clock.
	Sleep func(context.Context, time.Duration) error
	// Terminal and StderrTerminal say that Stdout and Stderr are one, Interactive that a person can answer on Stdin.
	Terminal       bool
	StderrTerminal bool
	Interactive    bool
	Width          int

	flags globalFlags
	// hide takes the values of sensitive variables out of all output.
	hide *hider
	// github is GitHub Actions around the run, if the environment says so.
	github *github
	// context is that of the run: reading the configuration looks at it.
	context context.Context
	// begun says that an interrupt must let what is in flight finish.
	begun atomic.Bool
}

// globalFlags are the flags of every command.
type globalFlags struct {
	dir      string
	json     bool
	noColor  bool
	readOnly bool
}

// Main runs ddmon on the process's own surroundings and returns its exit code.
func Main() int {
	app := &App{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Environ: os.Environ(), Now: time.Now,
		Terminal: term.IsTerminal(int(os.Stdout.Fd())), StderrTerminal: term.IsTerminal(int(os.Stderr.Fd())),
		Interactive: term.IsTerminal(int(os.Stdin.Fd())),
	}
	if width, _, err := term.GetSize(int(os.Stdout.Fd())); err == nil {
		app.Width = width
	}
	return app.runUntilInterrupted(os.Args[1:])
}

// exitError ends a command with a code; what is to be said has been said.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// errFailed is exit code 1 after the reasons were shown.
const errFailed = exitError(1)

// Run runs one command and returns its exit code.
func (a *App) Run(ctx context.Context, args []string) (code int) {
	if a.Sleep == nil {
		a.Sleep = ddapi.Sleep
	}
	a.context = ctx
	a.hide = newHider(a.Stdout, a.Stderr)
	a.Stdout, a.Stderr = a.hide.stdout, a.hide.stderr
	defer a.hide.flush()
	defer a.recoverPanic(&code)
	a.learnKeys()
	a.github = a.newGitHub()
	root := a.newRootCommand()
	root.SetArgs(normalizeFlags(root, args))
	root.SetIn(a.Stdin)
	root.SetOut(a.Stdout)
	root.SetErr(a.Stderr)
	err := root.ExecuteContext(ctx)
	var exit exitError
	switch {
	case err == nil:
		return 0
	case a.interrupted():
		err = errInterrupted
	case errors.As(err, &exit):
		return int(exit)
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		err = errInterrupted
	}
	a.showError(err)
	return 1
}

// learnKeys makes all keys of the environment secret before anything is read: a file of the stack may be made to show
// them.
func (a *App) learnKeys() {
	for _, pair := range a.Environ {
		switch name, value, _ := strings.Cut(pair, "="); name {
		case "DD_API_KEY", "DD_APP_KEY", "DATADOG_API_KEY", "DATADOG_APP_KEY", planKeyVariable:
			a.hide.learnKeys(value)
		}
	}
}

func (a *App) newRootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "ddmon",
		Short: "Datadog monitors and dashboards as code",
		Long: "ddmon reads HCL files that describe Datadog monitors and dashboards, shows how they differ from the live\n" +
			"objects (plan) and reconciles them (apply). With --sandbox it works against an embedded Datadog instead.",
		SilenceUsage:      true,
		SilenceErrors:     true,
		DisableAutoGenTag: true,
		PersistentPreRun: func(cmd *cobra.Command, _ []string) {
			if cmd.Name() == "serve" {
				a.writing() // its clients get their answers
			}
		},
	}
	f := root.PersistentFlags()
	f.StringVarP(&a.flags.dir, "chdir", "C", ".", "the stack's `DIR`")
	f.BoolVar(&a.flags.json, "json", false, "write JSON for programs instead of text for people")
	f.BoolVar(&a.flags.readOnly, "read-only", false, "make every write to Datadog an error (also: DDMON_READ_ONLY=1)")
	f.BoolVar(&a.flags.noColor, "no-color", false, "write no colour (also: NO_COLOR)")
	root.AddCommand(
		a.newPlanCommand(), a.newApplyCommand(), a.newDestroyCommand(), a.newDiffCommand(), a.newDriftCommand(), a.newValidateCommand(), a.newLintCommand(),
		a.newExplainCommand(), a.newTestCommand(), a.newReplayCommand(), a.newFmtCommand(),
		a.newRenderCommand(), a.newSchemaCommand(), a.newSandboxCommand(), a.newVersionCommand(),
	)
	return root
}

// normalizeFlags accepts long flags with one dash, as Terraform has them (-detailed-exitcode). Only words that are
// a flag of the command are touched.
func normalizeFlags(root *cobra.Command, args []string) []string {
	command, _, err := root.Find(args)
	if err != nil {
		return args
	}
	out := slices.Clone(args)
	for i, arg := range out {
		if arg == "--" {
			break
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(arg, "-"), "=")
		if !strings.HasPrefix(arg, "-") || strings.HasPrefix(arg, "--") || len(name) < 2 {
			continue
		}
		known := func(set *pflag.FlagSet) bool { return set.Lookup(name) != nil }
		if known(command.Flags()) || known(root.PersistentFlags()) || name == "help" || name == "version" {
			out[i] = "-" + arg
		}
	}
	return out
}

// env returns the first of the named variables that is set and not empty.
func (a *App) env(names ...string) string {
	for _, name := range names {
		for _, pair := range slices.Backward(a.Environ) {
			if key, value, _ := strings.Cut(pair, "="); key == name && value != "" {
				return value
			}
		}
	}
	return ""
}

// style is how Stdout wants its text.
func (a *App) style() render.Style { return a.styleOf(a.Terminal) }

// stderrStyle is how Stderr wants it, which may be redirected by itself.
func (a *App) stderrStyle() render.Style { return a.styleOf(a.StderrTerminal) }

func (a *App) styleOf(terminal bool) render.Style {
	color := terminal && !a.flags.noColor && !a.flags.json && a.env("NO_COLOR") == "" && a.env("TERM") != "dumb"
	return render.Style{Color: color, Width: a.Width}
}

// say writes a line for a person to Stderr, where it is in nobody's way.
func (a *App) say(format string, args ...any) {
	_, _ = fmt.Fprintf(a.Stderr, format+"\n", args...) // nobody is left to tell
}

// showDiagnostics writes diagnostics: to Stderr for a person; with --json the command puts them into its document.
func (a *App) showDiagnostics(files map[string]*hcl.File, diags hcl.Diagnostics) error {
	if a.interrupted() {
		return nil // they would only say so
	}
	diags = a.hide.diagnostics(diags)
	if err := render.Diagnostics(a.Stderr, files, diags, a.stderrStyle()); err != nil {
		return err
	}
	return a.github.annotate(diags)
}

// showError writes a fault of the surroundings.
func (a *App) showError(err error) {
	if a.flags.json {
		if writeJSON(a.Stdout, map[string]any{"error": err.Error()}) == nil {
			return
		}
	}
	a.say("Error: %s", render.CleanLines(err.Error()))
}
