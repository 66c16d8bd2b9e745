package cli

import (
	"context"
	"errors"

	"ddmon/internal/routine"
)

// errInterrupted ends a run that was interrupted before it changed anything.
var errInterrupted = errors.New("interrupted: nothing was changed")

// startWriting makes an interrupt wait for requests in flight from now on: a write was sent, or a server has clients.
// Before that, an interrupt ends the run immediately.
func (a *App) startWriting() { a.writes.Store(true) }

// interrupted reports whether the run must end because it was interrupted before it changed anything.
func (a *App) interrupted(ctx context.Context) bool { return ctx.Err() != nil && !a.writes.Load() }

// announceInterrupt prints a message if the run is interrupted while it writes. The returned function stops waiting for
// an interrupt.
func (a *App) announceInterrupt(ctx context.Context) (stop func()) {
	finished := make(chan struct{})
	waiting := routine.Start(func() error {
		select {
		case <-ctx.Done():
			a.logf("Interrupted: waiting for requests in flight, sending no others. Press Ctrl-C again to exit immediately.")
		case <-finished:
		}
		return nil
	})
	return func() {
		close(finished)
		_ = waiting.Wait() // it has no error
	}
}
