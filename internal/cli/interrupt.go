package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"ddmon/internal/routine"
)

// errInterrupted is what a run ends with that was interrupted before it changed anything.
var errInterrupted = errors.New("interrupted, nothing was changed")

// writing says that from now on an interrupt must let what is in flight finish: a write was sent, or a server has
// clients. Before that, an interrupt ends the run at once.
func (a *App) writing() { a.begun.Store(true) }

// interrupted reports whether the run is to end because of an interrupt that came before it changed anything.
func (a *App) interrupted() bool {
	return a.context != nil && a.context.Err() != nil && !a.begun.Load()
}

// endGrace is how long a run that has changed nothing may take to end by itself, so that it can remove its temporary
// files. It is too short for a person to notice.
const endGrace = 250 * time.Millisecond

// runUntilInterrupted runs a command until it ends or is interrupted: by Ctrl-C, by a request to terminate, or because
// its terminal is closed. The first interrupt ends the run's context. A run that is writing finishes what is in flight,
// and the next interrupt ends the process, as is usual; any other run ends now, whatever it is computing.
func (a *App) runUntilInterrupted(args []string) int {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	if !signal.Ignored(syscall.SIGHUP) { // under nohup, the run outlives its terminal
		signal.Notify(signals, syscall.SIGHUP)
	}
	code := 0
	running := routine.Start(func() error {
		code = a.Run(ctx, args)
		return nil
	})
	end := func() int {
		_ = running.Wait() // what failed is in the code
		return code
	}
	select {
	case <-running.Done():
		return end()
	case <-signals:
	}
	signal.Stop(signals)
	cancel()
	if a.begun.Load() {
		return end()
	}
	select {
	case <-running.Done():
		return end()
	case <-time.After(endGrace):
	}
	if a.begun.Load() {
		return end()
	}
	a.showError(errInterrupted)
	a.hide.flush()
	return 1
}

// sayWhenInterrupted says that a run that is writing was interrupted, when it is. The function that it returns ends that.
func (a *App) sayWhenInterrupted(ctx context.Context) (end func()) {
	finished := make(chan struct{})
	waiting := routine.Start(func() error {
		select {
		case <-ctx.Done():
			a.say("Interrupted: requests in flight are finished, and no others are sent. Press Ctrl-C again to stop at once.")
		case <-finished:
		}
		return nil
	})
	return func() {
		close(finished)
		_ = waiting.Wait() // it has no error
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
