package ddapi

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// do makes the request, and again where that is harmless and may help. It returns an *APIError for an answer that
// is no success or cannot be read, an *UnreachableError where there was none, the error of the check as it is, and
// the context's error, wrapped, once that is done.
func (c *Client) do(ctx context.Context, call call) error {
	if call.stores && c.readOnly {
		return fmt.Errorf("cannot %s: %w", call.doing, ErrReadOnly)
	}
	if err := checkID(call); err != nil {
		return err
	}
	waiting, cancel := context.WithTimeout(ctx, c.deadline)
	defer cancel()
	sending := waiting
	if call.stores {
		// No one could know whether a write that was cut off was carried out.
		var cancel context.CancelFunc
		sending, cancel = context.WithTimeout(context.WithoutCancel(ctx), c.deadline)
		defer cancel()
	}
	a := attempts{call: call}
	for {
		if err := c.begin(ctx, waiting, &a); err != nil {
			return err
		}
		a.record(c.attempt(sending, call))
		wait := c.next(waiting, &a)
		c.report(&a, wait)
		if wait == 0 {
			return a.result(ctx)
		}
		if c.pause(waiting, &a, wait) != nil {
			return a.stopped(ctx)
		}
	}
}

// begin waits until the next try may be sent and has it checked. A check may take long enough for the budget to be
// spent meanwhile; after another wait it must be made again.
func (c *Client) begin(ctx, waiting context.Context, a *attempts) error {
	gate := c.gates.of(a.call.budget())
	for {
		if gate.pass(waiting) != nil {
			return a.stopped(ctx)
		}
		if a.call.check == nil {
			return nil
		}
		if err := a.call.check(ctx, a.lost); err != nil {
			return err
		}
		if waiting.Err() == nil && gate.isOpen() {
			return nil
		}
	}
}

// pause waits between two tries. Over a rate limit all other requests wait, too.
func (c *Client) pause(waiting context.Context, a *attempts, wait time.Duration) error {
	if a.last.failure != rateLimited {
		return c.sleep(waiting, wait)
	}
	return c.gates.of(a.call.budget()).closeFor(func() error { return c.sleep(waiting, wait) })
}

// report reports the last attempt.
func (c *Client) report(a *attempts, wait time.Duration) {
	if c.trace == nil {
		return
	}
	x := Exchange{
		Method: a.call.method, Path: c.forPeople(a.call), Status: a.last.status, Try: a.tries, Wait: wait,
		Budget: cmp.Or(c.text(a.last.header.Get("X-RateLimit-Name")), a.call.budget()),
	}
	if a.last.err != nil {
		x.Err = c.text(a.last.err.Error())
	}
	c.trace(x)
}

// maxTries is how often a request is made at most, maxSuspicious how often if the answers are suspicious. longestWait is a little
// more than the longest period of a rate limit that is known of these endpoints.
const (
	maxTries      = 5
	maxSuspicious = 2
	longestWait   = 90 * time.Second
)

// next returns how long to wait before the next try; 0 is that there is none. It adds to what was waited, and does
// not begin a wait that would go past the deadline.
func (c *Client) next(waiting context.Context, a *attempts) time.Duration {
	if !a.retryable() || a.tries >= maxTries || a.suspicious >= maxSuspicious || waiting.Err() != nil {
		return 0
	}
	wait := c.waitAfter(a.last, a.tries)
	if a.waited+wait > c.deadline {
		return 0
	}
	a.waited += wait
	return wait
}

// waitAfter is what the answer says to wait, or else a time that grows with the tries.
func (c *Client) waitAfter(got outcome, tries int) time.Duration {
	var asked time.Duration
	switch {
	case got.failure == rateLimited:
		asked = waitFrom(got.header, "X-RateLimit-Reset", "Retry-After")
	case got.status == http.StatusServiceUnavailable:
		asked = waitFrom(got.header, "Retry-After")
	}
	if asked > 0 {
		return asked
	}
	return c.backoff(tries)
}

// waitFrom reads the first header that holds a number of seconds; 0 is none.
func waitFrom(h http.Header, names ...string) time.Duration {
	for _, name := range names {
		seconds, err := strconv.ParseFloat(h.Get(name), 64)
		if err != nil || !(seconds > 0) {
			continue
		}
		if seconds > longestWait.Seconds() {
			return longestWait
		}
		return max(time.Duration(seconds*float64(time.Second)), time.Second)
	}
	return 0
}

// backoff doubles from one second and has equal jitter: half of the time is sure, the other half left to chance. So
// those that failed together do not come back together, and none comes back at once.
func (c *Client) backoff(tries int) time.Duration {
	half := time.Second << (tries - 1) / 2
	return half + time.Duration(c.jitter()*float64(half))
}

// attempts is what was done for one call so far.
type attempts struct {
	call       call
	tries      int
	suspicious int // of them, those with an odd failure
	waited     time.Duration
	lost       bool    // whether a try may have been carried out although its answer was lost
	last       outcome // of the last try
}

// record adds what came of an attempt.
func (a *attempts) record(got outcome) {
	a.tries++
	if got.failure == suspicious {
		a.suspicious++
	}
	a.lost = a.lost || a.call.stores && got.failure.ambiguous()
	a.last = got
}

// retryable reports whether another try may be made and may end better than the last one.
func (a *attempts) retryable() bool {
	switch a.last.failure {
	case noFailure, permanent:
		return false
	case rateLimited:
		return true
	default:
		return a.call.repeats()
	}
}

// result is what the call returns after its last attempt.
func (a *attempts) result(ctx context.Context) error {
	switch {
	case a.last.err == nil:
		return nil
	case ctx.Err() != nil && a.retryable():
		return a.interrupted(ctx)
	}
	return a.failed()
}

// stopped is what the call returns where a wait ended before its time, or a try came too late to be begun.
func (a *attempts) stopped(ctx context.Context) error {
	switch {
	case ctx.Err() != nil:
		return a.interrupted(ctx)
	case a.tries == 0:
		return fmt.Errorf("cannot %s: to wait for Datadog's rate limit and to check took too long, it was not begun. Try "+
			"again later", a.call.doing)
	}
	return a.failed()
}

// interrupted says what was not done, or not to the end. It unwraps to the context's error.
func (a *attempts) interrupted(ctx context.Context) error {
	nevertheless := ""
	if a.lost {
		nevertheless = ". " + mayHaveHappened
	}
	return fmt.Errorf("interrupted, cannot %s: %w%s", a.call.doing, ctx.Err(), nevertheless)
}

// failed is the error of the last try, with what the tries before it add to it.
func (a *attempts) failed() error {
	var more []string
	if a.tries > 1 && a.last.failure != permanent {
		more = append(more, fmt.Sprintf("It was tried %d times, with waits of %s in all", a.tries,
			a.waited.Round(100*time.Millisecond)))
	}
	if a.lost && !a.last.failure.ambiguous() {
		more = append(more, "An earlier try may have been carried out nevertheless: plan again to see")
	}
	if len(more) == 0 {
		return a.last.err
	}
	return &triedError{a.last.err, sentences(more...)}
}

// triedError is the error of the last of several tries.
type triedError struct {
	error
	more string
}

// Error adds what is known of the tries.
func (e *triedError) Error() string { return sentences(e.error.Error(), e.more) }

// Unwrap returns the error of the last try.
func (e *triedError) Unwrap() error { return e.error }
