package ddapi

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"ddmon/internal/kind"
)

// call is one request and what to do with its answer.
type call struct {
	doing      string // what is being done, to stand after "cannot": "create the monitor"
	permission string // what the application key needs for it: "monitors_write"
	method     string
	route      string     // "/api/v1/monitor/{id}"
	id         string     // the value of {id} in the route
	kind       *kind.Kind // of the object with the id; nil if the id is not one of an object
	query      url.Values
	body       map[string]any // nil sends none
	stores     bool           // whether it changes anything in Datadog
	conflicts  bool           // whether 409 is an answer like a success, for read
	// read reads the answer of a success. It starts afresh whenever it is called, as a request may be repeated.
	read func(*reading) error
	// check, if there is one, is asked right before each try; see Client.Create.
	check func(ctx context.Context, lost bool) error
}

// ofOne reports whether the request is about one object.
func (c call) ofOne() bool { return strings.Contains(c.route, "{id}") }

func (c call) path() string { return strings.Replace(c.route, "{id}", url.PathEscape(c.id), 1) }

// budget names the rate limit that the request counts against. Datadog has one for each endpoint, whatever the object.
func (c call) budget() string { return c.method + " " + c.route }

// repeats reports whether the request may be made again although an earlier try may have been carried out. To
// validate stores nothing. To replace or delete something twice comes to the same as once. To create something does
// not, unless there is a check that looks whether it is there.
func (c call) repeats() bool {
	return !c.stores || c.method != http.MethodPost || c.check != nil
}

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
		// Nobody could tell whether a write that was cut off had been carried out.
		var cancel context.CancelFunc
		sending, cancel = context.WithTimeout(context.WithoutCancel(ctx), c.deadline)
		defer cancel()
	}
	e := effort{call: call}
	for {
		if err := c.begin(ctx, waiting, &e); err != nil {
			return err
		}
		e.note(c.try(sending, call))
		wait := c.next(waiting, &e)
		c.tell(&e, wait)
		if wait == 0 {
			return e.end(ctx)
		}
		if c.pause(waiting, &e, wait) != nil {
			return e.stopped(ctx)
		}
	}
}

// begin waits until the next try may be sent and has it checked. A check may take long enough for the budget to be
// spent meanwhile; after another wait it has to be made again.
func (c *Client) begin(ctx, waiting context.Context, e *effort) error {
	gate := c.gates.of(e.call.budget())
	for {
		if gate.pass(waiting) != nil {
			return e.stopped(ctx)
		}
		if e.call.check == nil {
			return nil
		}
		if err := e.call.check(ctx, e.lost); err != nil {
			return err
		}
		if waiting.Err() == nil && gate.isOpen() {
			return nil
		}
	}
}

// pause waits between two tries. Over a rate limit everybody else waits, too.
func (c *Client) pause(waiting context.Context, e *effort, wait time.Duration) error {
	if e.last.fault != overLimit {
		return c.sleep(waiting, wait)
	}
	return c.gates.of(e.call.budget()).closeFor(func() error { return c.sleep(waiting, wait) })
}
