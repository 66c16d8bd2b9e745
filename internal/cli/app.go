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

// exitError ends a command with a code; what is to be said has been said.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// errFailed is exit code 1 after the reasons were shown.
const errFailed = exitError(1)

// env returns the first of the named variables that is set and not empty.
func (a *App) env(names ...string) string { return environment(a.Environ).first(names...) }

// style is how Stdout wants its text.
func (a *App) style() safe.Style { return a.styleOf(a.Terminal) }

// stderrStyle is how Stderr wants it, which may be redirected by itself.
func (a *App) stderrStyle() safe.Style { return a.styleOf(a.StderrTerminal) }

func (a *App) styleOf(terminal bool) safe.Style {
	color := terminal && !a.flags.noColor && !a.flags.json && a.env("NO_COLOR") == "" && a.env("TERM") != "dumb"
	return safe.Style{Color: color, Width: a.Width}
}

// say writes a line for a person to Stderr, apart from the command's output.
func (a *App) say(format string, args ...any) {
	_, _ = io.WriteString(a.Stderr, string(safe.Lines(fmt.Sprintf(format, args...)))+"\n") // there is nothing left to report to
}

// showDiagnostics writes diagnostics: to Stderr for a person; with --json the command puts them into its document.
func (a *App) showDiagnostics(ctx context.Context, files map[string]*hcl.File, diags hcl.Diagnostics) error {
	if a.interrupted(ctx) {
		return nil // they would only say so
	}
	shown := a.hide.diagnostics(diags)
	if err := terminal.Diagnostics(a.Stderr, files, shown, a.stderrStyle()); err != nil {
		return err
	}
	return a.github.annotate(shown)
}

// showError writes a fault of the surroundings.
func (a *App) showError(err error) {
	if a.flags.json {
		if writeJSON(a.Stdout, map[string]any{"error": err.Error()}) == nil {
			return
		}
	}
	a.say("Error: %s", err.Error())
}
