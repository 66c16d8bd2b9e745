package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"ddmon/internal/ddapi"
	"ddmon/internal/operation"
	"ddmon/internal/routine"
)

// Run runs one command and returns its exit code.
func (a *App) Run(ctx context.Context, args []string) (code int) {
	if a.Sleep == nil {
		a.Sleep = ddapi.Sleep
	}
	a.hide = newHider(a.Stdout, a.Stderr)
	a.Stdout, a.Stderr = a.hide.stdout, a.hide.stderr // what goes wrong from here on is shown without secrets
	defer a.hide.flush()
	defer a.recoverPanic(&code)
	a.learnKeys()
	a.github, a.Stdout, a.Stderr = newGitHub(a.Environ, a.hide, &a.flags.json)
	root := newRootCommand(a)
	root.SetArgs(normalizeFlags(root, args))
	root.SetIn(a.Stdin)
	root.SetOut(a.Stdout)
	root.SetErr(a.Stderr)
	err := root.ExecuteContext(ctx)
	var exit exitError
	switch {
	case err == nil:
		return 0
	case a.interrupted(ctx):
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
		case "DD_API_KEY", "DD_APP_KEY", "DATADOG_API_KEY", "DATADOG_APP_KEY", operation.PlanKeyVariable:
			a.hide.learnKeys(value)
		}
	}
}

// recoverPanic turns a fault of ddmon's own into an error message and exit code 1: Go's own exit code 2 would say that
// there is drift.
func (a *App) recoverPanic(code *int) {
	fault := routine.Caught(recover())
	if fault == nil {
		return
	}
	*code = 1
	what := "Nothing was changed."
	if a.begun.Load() {
		what = "What had been started may have been carried out: run `ddmon plan` to see."
	}
	if a.env("DDMON_LOG") == "debug" {
		a.say("debug: %s", fault.Stack)
	}
	a.showError(fmt.Errorf("%w. %s Please report it, with what DDMON_LOG=debug adds", fault, what))
	a.hide.flush()
}
