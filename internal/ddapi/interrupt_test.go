package ddapi_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ddmon/internal/ddapi"
)

const nevertheless = "The change may have been applied anyway: run `ddmon plan` to check"

func TestReadContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c, w := start(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	_, err := c.Get(ctx, monitor, "7")
	if !errors.Is(err, context.Canceled) || c.Requests() != 1 || len(w.all) != 0 {
		t.Errorf("in flight: %v, %d requests", err, c.Requests())
	}
	if _, err = c.Get(ctx, monitor, "7"); !errors.Is(err, context.Canceled) || c.Requests() != 1 {
		t.Errorf("before: %v, %d requests", err, c.Requests())
	}
	ctx, cancel = context.WithCancel(t.Context())
	c, _ = start(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusTooManyRequests)
		cancel()
	})
	if _, err = c.Get(ctx, monitor, "7"); !errors.Is(err, context.Canceled) || c.Requests() != 1 {
		t.Errorf("while waiting: %v, %d requests", err, c.Requests())
	}
}

// TestInterruptWhileConnecting interrupts a read before there is a connection.
func TestInterruptWhileConnecting(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	c := newClient(t, ddapi.Config{Host: "x.invalid", HTTPClient: &http.Client{
		Transport: roundTripFunc(func(*http.Request) (*http.Response, error) {
			cancel()
			return nil, &net.OpError{Op: "dial", Err: errors.New("operation was canceled")}
		}),
	}})
	if _, err := c.Get(ctx, monitor, "7"); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestInterruptDuringWrite: the client waits for the response to a write that Datadog is processing.
func TestInterruptDuringWrite(t *testing.T) {
	for name, tt := range map[string]struct {
		answer http.HandlerFunc
		want   string // part of the error; empty for no error
		is     error
	}{
		"success": {respond(200, `{"id":7}`), "", nil},
		"refused": {respond(400, `{"errors":["no"]}`), "Datadog returned 400 Bad Request: no", nil},
		"limit":   {respond(429, ""), "interrupted: cannot update monitor 7: context canceled", context.Canceled},
		"lost": {respond(502, ""), "interrupted: cannot update monitor 7: context canceled. " + nevertheless,
			context.Canceled},
		"reset": {reset, "interrupted: cannot update monitor 7: context canceled. " + nevertheless, context.Canceled},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			c, w := start(t, func(w http.ResponseWriter, r *http.Request) {
				cancel()
				tt.answer(w, r)
			})
			_, err := c.Update(ctx, monitor, "7", nil, nil)
			if tt.want == "" && err != nil || tt.want != "" && (err == nil || !strings.HasSuffix(err.Error(), tt.want)) {
				t.Errorf("%v", err)
			}
			if tt.is != nil && !errors.Is(err, tt.is) || c.Requests() != 1 || len(w.all) != 0 {
				t.Errorf("%v, %d requests, waits %v", err, c.Requests(), w.all)
			}
		})
	}
}

// TestInterruptBeforeWrite cancels the context while no request is in flight.
func TestInterruptBeforeWrite(t *testing.T) {
	for op := range checkedWrites(t.Context(), nil, nil) {
		ctx, cancel := context.WithCancel(t.Context())
		c, _ := start(t, respond(200, `{"id":7}`))
		err := checkedWrites(ctx, c, func(context.Context, bool) error { cancel(); return nil })[op]()
		if !errors.Is(err, context.Canceled) || c.Requests() != 0 || strings.Contains(err.Error(), nevertheless) {
			t.Errorf("%s, during the check: %v, %d requests", op, err, c.Requests())
		}
		err = checkedWrites(ctx, c, func(context.Context, bool) error { t.Error("checked"); return nil })[op]()
		if !errors.Is(err, context.Canceled) || c.Requests() != 0 {
			t.Errorf("%s, before: %v, %d requests", op, err, c.Requests())
		}
		ctx, cancel = context.WithCancel(t.Context())
		c, _ = start(t, reset, func(config *ddapi.Config) {
			config.Sleep = func(ctx context.Context, _ time.Duration) error { cancel(); return ctx.Err() }
		})
		err = checkedWrites(ctx, c, passingCheck)[op]()
		if !errors.Is(err, context.Canceled) || c.Requests() != 1 || !strings.HasSuffix(err.Error(), nevertheless) {
			t.Errorf("%s, during a wait: %v, %d requests", op, err, c.Requests())
		}
	}
}

// TestDeadline: a request that never gets a response.
func TestDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		silent := roundTripFunc(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		c := newClient(t, ddapi.Config{Host: "x.invalid", HTTPClient: &http.Client{Transport: silent}})
		var lost *ddapi.UnreachableError
		for op, do := range operations(t.Context()) {
			err := do(c)
			writes := op != "get" && op != "validate"
			if !errors.As(err, &lost) || lost.MayBeApplied != writes || strings.Contains(err.Error(), "interrupted") {
				t.Errorf("%s: %v", op, err)
			}
		}
	})
}

func TestCheckTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := newClient(t, ddapi.Config{Host: "x.invalid", Deadline: time.Minute, HTTPClient: &http.Client{
			Transport: roundTripFunc(func(*http.Request) (*http.Response, error) { return newResponse(200, `{"id":7}`), nil }),
		}})
		slow := func(context.Context, bool) error { time.Sleep(2 * time.Minute); return nil }
		_, err := c.Update(t.Context(), monitor, "7", nil, slow)
		if err == nil || !strings.Contains(err.Error(), "cannot update monitor 7") || c.Requests() != 0 {
			t.Errorf("%v, %d requests", err, c.Requests())
		}
	})
}
