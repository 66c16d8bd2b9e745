package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"ddmon/internal/ddapi"
	"ddmon/internal/operation"
	"ddmon/internal/routine"
)

// Run runs one command and returns its exit code.
func (a *App) Run(ctx context.Context, args []string) (code int) {
	if a.Sleep == nil {
		a.Sleep = ddapi.Sleep
	}
	if a.After == nil {
		a.After = time.After
	}
	a.hide = newHider(a.Stdout, a.Stderr)
	a.Stdout, a.Stderr = a.hide.stdout, a.hide.stderr // errors from here on are shown without secrets
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
	if err != nil && !a.started {
		parseGlobalFlags(root.PersistentFlags(), normalizeFlags(root, args))
		err = unknownCommand(root, err)
	}
	var exit exitError
	switch {
	case err == nil:
		return 0
	case a.interrupted(ctx):
		err = errInterrupted
	case errors.As(err, &exit):
		return int(exit)
	case ctx.Err() != nil && errors.Is(err, context.Canceled) && a.writes.Load():
		err = errors.New("interrupted: run `ddmon plan` to see what was changed")
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		err = errInterrupted
	}
	a.showError(err)
	return 1
}

// learnKeys hides all keys in the environment before anything is read: a file of the stack could be made to show them.
func (a *App) learnKeys() {
	for _, pair := range a.Environ {
		switch name, value, _ := strings.Cut(pair, "="); name {
		case "DD_API_KEY", "DD_APP_KEY", "DATADOG_API_KEY", "DATADOG_APP_KEY", operation.PlanKeyVariable:
			a.hide.learnKeys(value)
		}
	}
}

// recoverPanic turns a panic into an error message and exit code 1. Go's own exit code 2 would mean that there is
// drift.
func (a *App) recoverPanic(code *int) {
	panicked := routine.Caught(recover())
	if panicked == nil {
		return
	}
	a.status.end()
	*code = 1
	effect := "Nothing was changed."
	if a.writes.Load() {
		effect = "Changes in progress may have been applied: run `ddmon plan` to check."
	}
	if a.env("DDMON_LOG") == "debug" {
		a.logf("debug: %s", panicked.Stack)
	}
	a.showError(fmt.Errorf("%w. %s Please report this bug, with the output of DDMON_LOG=debug", panicked, effect))
	a.hide.flush()
}
