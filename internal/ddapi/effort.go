package ddapi

import (
	"context"
	"fmt"
	"time"
)

// effort is what was done for one call so far.
type effort struct {
	call   call
	tries  int
	odd    int // of them, those with an odd fault
	waited time.Duration
	lost   bool    // whether a try may have been carried out although its answer was lost
	last   outcome // of the last try
}

// note takes down what came of a try.
func (e *effort) note(got outcome) {
	e.tries++
	if got.fault == odd {
		e.odd++
	}
	e.lost = e.lost || e.call.stores && got.fault.loses()
	e.last = got
}

// mayMend reports whether another try may be made and may end better than the last one.
func (e *effort) mayMend() bool {
	switch e.last.fault {
	case noFault, settled:
		return false
	case overLimit:
		return true
	default:
		return e.call.repeats()
	}
}

// end is what the call returns after its last try.
func (e *effort) end(ctx context.Context) error {
	switch {
	case e.last.err == nil:
		return nil
	case ctx.Err() != nil && e.mayMend():
		return e.interrupted(ctx)
	}
	return e.failed()
}

// stopped is what the call returns where a wait ended before its time, or a try came too late to be begun.
func (e *effort) stopped(ctx context.Context) error {
	switch {
	case ctx.Err() != nil:
		return e.interrupted(ctx)
	case e.tries == 0:
		return fmt.Errorf("cannot %s: to wait for Datadog's rate limit and to check took too long, it was not begun. Try "+
			"again later", e.call.doing)
	}
	return e.failed()
}

// interrupted says what was not done, or not to the end. It unwraps to the context's error.
func (e *effort) interrupted(ctx context.Context) error {
	nevertheless := ""
	if e.lost {
		nevertheless = ". " + mayHaveHappened
	}
	return fmt.Errorf("interrupted, cannot %s: %w%s", e.call.doing, ctx.Err(), nevertheless)
}

// failed is the error of the last try, with what the tries before it add to it.
func (e *effort) failed() error {
	var more []string
	if e.tries > 1 && e.last.fault != settled {
		more = append(more, fmt.Sprintf("It was tried %d times, with waits of %s in all", e.tries,
			e.waited.Round(100*time.Millisecond)))
	}
	if e.lost && !e.last.fault.loses() {
		more = append(more, "An earlier try may have been carried out nevertheless: plan again to see")
	}
	if len(more) == 0 {
		return e.last.err
	}
	return &triedError{e.last.err, sentences(more...)}
}

// mayHaveHappened is the advice after a write whose answer was lost.
const mayHaveHappened = "It may have happened nevertheless: plan again to see"

// triedError is the error of the last of several tries.
type triedError struct {
	error
	more string
}

// Error adds what is known of the tries.
func (e *triedError) Error() string { return sentences(e.error.Error(), e.more) }

// Unwrap returns the error of the last try.
func (e *triedError) Unwrap() error { return e.error }
