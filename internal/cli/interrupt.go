package cli

import (
	"context"
	"errors"

	"ddmon/internal/routine"
)

// errInterrupted is what a run ends with that was interrupted before it changed anything.
var errInterrupted = errors.New("interrupted, nothing was changed")

// writing says that from now on an interrupt must let what is in flight finish: a write was sent, or a server has
// clients. Before that, an interrupt ends the run at once.
func (a *App) writing() { a.begun.Store(true) }

// interrupted reports whether the run is to end because of an interrupt that came before it changed anything.
func (a *App) interrupted(ctx context.Context) bool { return ctx.Err() != nil && !a.begun.Load() }

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
