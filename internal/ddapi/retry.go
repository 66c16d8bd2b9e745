package ddapi

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

// do sends the request and retries it if that is safe and can help. It returns an *APIError for an error response or
// one that cannot be read, an *UnreachableError without a response, the error of the check unchanged, or the context's
// error, wrapped, once the context is done.
func (c *Client) do(ctx context.Context, call call) error {
	if call.writes && c.readOnly {
		return fmt.Errorf("cannot %s: %w", call.action, ErrReadOnly)
	}
	if err := checkID(call); err != nil {
		return err
	}
	waiting, cancel := context.WithTimeout(ctx, c.deadline)
	defer cancel()
	sending := waiting
	if call.writes {
		// If a write were cut off, it would be unknown whether it was applied.
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

// begin waits until the next attempt can be sent, and runs its check. If the rate limit is exhausted by the time the
// check ends, begin waits and checks again.
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

// pause waits between two attempts. Over a rate limit, all other requests against it wait, too.
func (c *Client) pause(waiting context.Context, a *attempts, wait time.Duration) error {
	if a.last.failure != rateLimited {
		return c.sleep(waiting, wait)
	}
	return c.gates.of(a.call.budget()).closeFor(func() error { return c.sleep(waiting, wait) })
}

// report traces the last attempt.
func (c *Client) report(a *attempts, wait time.Duration) {
	if c.trace == nil {
		return
	}
	x := Exchange{
		Method: a.call.method, Path: c.displayPath(a.call), Status: a.last.status, Attempt: a.count, Wait: wait,
		Budget: cmp.Or(c.text(a.last.header.Get("X-RateLimit-Name")), a.call.budget()),
	}
	if a.last.err != nil {
		x.Err = c.text(a.last.err.Error())
	}
	c.trace(x)
}

// maxAttempts is the maximum number of attempts, maxSuspicious the maximum number of suspicious ones. maxWait is a
// little more than the longest known rate limit period of these endpoints.
const (
	maxAttempts   = 5
	maxSuspicious = 2
	maxWait       = 90 * time.Second
)

// next returns how long to wait before the next attempt, or 0 for no further attempt. A wait never goes past the
// deadline.
func (c *Client) next(waiting context.Context, a *attempts) time.Duration {
	if !a.retryable() || a.count >= maxAttempts || a.suspicious >= maxSuspicious || waiting.Err() != nil {
		return 0
	}
	wait := c.waitAfter(a.last, a.count)
	if a.waited+wait > c.deadline {
		return 0
	}
	a.waited += wait
	return wait
}

// waitAfter returns the wait that the response asks for, or otherwise the backoff.
func (c *Client) waitAfter(got outcome, count int) time.Duration {
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
	return c.backoff(count)
}

// waitFrom returns the first header with a number of seconds, or 0.
func waitFrom(h http.Header, names ...string) time.Duration {
	for _, name := range names {
		seconds, err := strconv.ParseFloat(h.Get(name), 64)
		if err != nil || !(seconds > 0) {
			continue
		}
		if seconds > maxWait.Seconds() {
			return maxWait
		}
		return max(time.Duration(seconds*float64(time.Second)), time.Second)
	}
	return 0
}

// backoff doubles from one second and has equal jitter: half of the wait is fixed, the other half random. Requests that
// failed together are not retried together, and none is retried immediately.
func (c *Client) backoff(count int) time.Duration {
	half := time.Second << (count - 1) / 2
	return half + time.Duration(c.jitter()*float64(half))
}

// attempts are the attempts of one call so far.
type attempts struct {
	call       call
	count      int
	suspicious int // number of suspicious failures
	waited     time.Duration
	lost       bool    // whether an attempt may have been applied although its response was lost
	last       outcome // of the last attempt
}

// record adds the outcome of an attempt.
func (a *attempts) record(got outcome) {
	a.count++
	if got.failure == suspicious {
		a.suspicious++
	}
	a.lost = a.lost || a.call.writes && got.failure.ambiguous()
	a.last = got
}

// retryable reports whether a retry is safe and can succeed.
func (a *attempts) retryable() bool {
	switch a.last.failure {
	case noFailure, permanent:
		return false
	case rateLimited:
		return true
	default:
		return a.call.idempotent()
	}
}

// result returns the result of the call after its last attempt.
func (a *attempts) result(ctx context.Context) error {
	switch {
	case a.last.err == nil:
		return nil
	case ctx.Err() != nil && a.retryable():
		return a.interrupted(ctx)
	}
	return a.failed()
}

// stopped returns the error of a call that was interrupted or ran out of time while waiting.
func (a *attempts) stopped(ctx context.Context) error {
	switch {
	case ctx.Err() != nil:
		return a.interrupted(ctx)
	case a.count == 0:
		return fmt.Errorf("cannot %s: waiting for Datadog's rate limit took too long, and no request was sent. Try "+
			"again later", a.call.action)
	}
	return a.failed()
}

// interrupted returns the error of an interrupted call. It wraps the context's error.
func (a *attempts) interrupted(ctx context.Context) error {
	advice := ""
	if a.lost {
		advice = ". " + adviceMayBeApplied
	}
	return fmt.Errorf("interrupted: cannot %s: %w%s", a.call.action, ctx.Err(), advice)
}

// failed returns the error of the last attempt, with a note about earlier ones.
func (a *attempts) failed() error {
	var notes []string
	if a.count > 1 && a.last.failure != permanent {
		notes = append(notes, fmt.Sprintf("Tried %d times over %s", a.count, a.waited.Round(100*time.Millisecond)))
	}
	if a.lost && !a.last.failure.ambiguous() {
		notes = append(notes, "An earlier attempt may have been applied anyway: run `ddmon plan` to check")
	}
	if len(notes) == 0 {
		return a.last.err
	}
	return &retriedError{a.last.err, sentences(notes...)}
}

// retriedError is the error of the last of several attempts.
type retriedError struct {
	error
	note string
}

// Error adds the note about earlier attempts.
func (e *retriedError) Error() string { return sentences(e.error.Error(), e.note) }

// Unwrap returns the error of the last attempt.
func (e *retriedError) Unwrap() error { return e.error }
