package ddapi_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"ddmon/internal/ddapi"
)

// checkedWrites returns each kind of write with a check.
func checkedWrites(ctx context.Context, c *ddapi.Client, check func(context.Context, bool) error) map[string]func() error {
	return map[string]func() error{
		"create": func() error { _, err := c.Create(ctx, monitor, nil, check); return err },
		"update": func() error { _, err := c.Update(ctx, monitor, "7", nil, check); return err },
		"delete": func() error { return c.Delete(ctx, monitor, "7", check) },
	}
}

// TestChecks tests when a write runs its check, and with which argument.
func TestChecks(t *testing.T) {
	ok := respond(200, `{"id":7}`)
	for name, tt := range map[string]struct {
		answers []http.HandlerFunc
		want    []string
	}{
		"no fault": {[]http.HandlerFunc{ok}, []string{"check false", "request"}},
		"limit": {[]http.HandlerFunc{respond(429, ""), ok},
			[]string{"check false", "request", "wait", "check false", "request"}},
		"bad gateway": {[]http.HandlerFunc{respond(502, ""), ok},
			[]string{"check false", "request", "wait", "check true", "request"}},
		"reset": {[]http.HandlerFunc{reset, ok},
			[]string{"check false", "request", "wait", "check true", "request"}},
		"web page": {[]http.HandlerFunc{respond(200, "<html>"), ok},
			[]string{"check false", "request", "wait", "check true", "request"}},
		"lost, then rate limited": {[]http.HandlerFunc{respond(504, ""), respond(429, ""), ok},
			[]string{"check false", "request", "wait", "check true", "request", "wait", "check true", "request"}},
		"rejected": {[]http.HandlerFunc{respond(400, "{}")}, []string{"check false", "request"}},
	} {
		for op := range checkedWrites(t.Context(), nil, nil) {
			t.Run(op+"/"+name, func(t *testing.T) {
				var mu sync.Mutex
				var got []string
				note := func(what string) {
					mu.Lock()
					defer mu.Unlock()
					got = append(got, what)
				}
				next := respondInOrder(tt.answers...)
				c, _ := start(t, func(w http.ResponseWriter, r *http.Request) {
					note("request")
					next(w, r)
				}, func(config *ddapi.Config) {
					config.Sleep = func(context.Context, time.Duration) error { note("wait"); return nil }
				})
				_ = checkedWrites(t.Context(), c, func(_ context.Context, lost bool) error {
					note(fmt.Sprint("check ", lost))
					return nil
				})[op]()
				if !slices.Equal(got, tt.want) {
					t.Errorf("got  %q\nwant %q", got, tt.want)
				}
			})
		}
	}
}

// TestCheckErrorStopsWrite: an error of the check stops the write at the first and at later attempts. The test uses an
// error that would have another meaning as the result of the write.
func TestCheckErrorStopsWrite(t *testing.T) {
	missing, _ := start(t, respond(404, `{"errors":["Monitor not found"]}`))
	_, stop := missing.Get(t.Context(), monitor, "7")
	for op := range checkedWrites(t.Context(), nil, nil) {
		for allowed := range 3 {
			c, _ := start(t, reset)
			tries := 0
			err := checkedWrites(t.Context(), c, func(context.Context, bool) error {
				if tries++; tries > allowed {
					return stop
				}
				return nil
			})[op]()
			if err != stop || c.Requests() != allowed { //nolint:errorlint // the identical error
				t.Errorf("%s, %d allowed: %v, %d requests", op, allowed, err, c.Requests())
			}
		}
	}
}

func TestCheckUsesCallerContext(t *testing.T) {
	type key struct{}
	ctx := context.WithValue(t.Context(), key{}, "mine")
	c, _ := start(t, respond(200, `{"id":7}`))
	_, err := c.Update(ctx, monitor, "7", nil, func(got context.Context, _ bool) error {
		if got != ctx {
			return errors.New("another context")
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}
