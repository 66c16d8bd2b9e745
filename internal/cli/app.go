package cli

import (
	"context"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/render/safe"
	"ddmon/internal/render/terminal"
)

// App holds what a run depends on: standard streams, environment, clock and terminal. Tests replace them.
type App struct {
	Stdin   io.Reader
	Stdout  io.Writer
	Stderr  io.Writer
	Environ []string
	Now     func() time.Time
	// Sleep waits for a duration or until the context is done; nil uses the real clock.
	Sleep func(context.Context, time.Duration) error
	// After returns a channel that receives after a duration; nil uses the real clock.
	After func(time.Duration) <-chan time.Time
	// Terminal and StderrTerminal report whether Stdout and Stderr are terminals, Interactive whether Stdin is one.
	Terminal       bool
	StderrTerminal bool
	Interactive    bool
	Width          int

	flags globalFlags
	json  jsonOutput
	// status is the progress line on a terminal.
	status status
	// started is set once the flags are parsed and the command runs.
	started bool
	// hide removes the values of sensitive variables from all output.
	hide *hider
	// github writes to GitHub Actions if the run is a step of a workflow.
	github *github
	// writes is set once an interrupt must let requests in flight finish.
	writes atomic.Bool
}

// globalFlags are the flags of every command.
type globalFlags struct {
	dir      string
	json     bool
	noColor  bool
	readOnly bool
}

// exitError ends a command with an exit code. Its reasons were already printed.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// errFailed is exit code 1.
const errFailed = exitError(1)

// env returns the first of the named variables that is set and not empty.
func (a *App) env(names ...string) string { return environment(a.Environ).first(names...) }

// style is the output style of Stdout.
func (a *App) style() safe.Style { return a.styleOf(a.Terminal) }

// stderrStyle is the output style of Stderr, which can be redirected separately.
func (a *App) stderrStyle() safe.Style { return a.styleOf(a.StderrTerminal) }

func (a *App) styleOf(terminal bool) safe.Style {
	color := terminal && !a.flags.noColor && !a.flags.json && a.env("NO_COLOR") == "" && a.env("TERM") != "dumb"
	return safe.Style{Color: color, Width: a.Width}
}

// logf writes a line to Stderr, separate from the command's output.
func (a *App) logf(format string, args ...any) {
	a.status.clear()
	_, _ = io.WriteString(a.Stderr, string(safe.Lines(fmt.Sprintf(format, args...)))+"\n") // there is nothing left to report to
}

// showDiagnostics writes diagnostics to Stderr. With --json, the command includes them in its document instead, or they
// are lines.
func (a *App) showDiagnostics(ctx context.Context, files map[string]*hcl.File, diags hcl.Diagnostics) error {
	if a.interrupted(ctx) {
		return nil // the diagnostics would only repeat that
	}
	shown := a.hide.diagnostics(diags)
	if a.flags.json {
		if !a.json.lines {
			return nil
		}
		return a.writeDiagnosticLines(diags)
	}
	if err := terminal.Diagnostics(a.Stderr, files, shown, a.stderrStyle()); err != nil {
		return err
	}
	return a.github.annotate(shown)
}

// showError writes an error that is not a diagnostic.
func (a *App) showError(err error) {
	if a.flags.json && a.showErrorJSON(err) == nil {
		return
	}
	a.logf("Error: %s", err.Error())
}
