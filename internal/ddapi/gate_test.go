package ddapi_test

import (
	"context"
	"errors"
	"net/http"
	"path"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"ddmon/internal/ddapi"
)

// limited is a Datadog whose limit for PUT is reached until somebody has waited for it. It lives in a bubble of
// synctest, whose clock stands still until everybody waits.
type limited struct {
	t       *testing.T
	puts    atomic.Int64
	gets    atomic.Int64
	sleeps  atomic.Int64
	asleep  atomic.Bool
	renewed atomic.Bool
}

func (l *limited) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodGet {
		l.gets.Add(1)
		return same(r), nil
	}
	l.puts.Add(1)
	if l.asleep.Load() {
		l.t.Error("a request was sent while another one waits for its budget")
	}
	renewed := l.renewed.Load()
	time.Sleep(time.Millisecond)
	if renewed {
		return same(r), nil
	}
	return says(429, `{"errors":["slow"]}`, "X-RateLimit-Reset", "7"), nil
}

// same answers with the object that a request is about.
func same(r *http.Request) *http.Response { return says(200, `{"id":`+path.Base(r.URL.Path)+`}`) }

func (l *limited) sleep(ctx context.Context, d time.Duration) error {
	l.sleeps.Add(1)
	l.asleep.Store(true)
	defer l.asleep.Store(false)
	select {
	case <-time.After(d):
		l.renewed.Store(true)
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (l *limited) client() *ddapi.Client {
	return newClient(l.t, ddapi.Config{Host: "x.invalid", Sleep: l.sleep, HTTPClient: &http.Client{Transport: l}})
}

func TestTheWaitForABudgetIsShared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &limited{t: t}
		c := l.client()
		const workers = 20
		var all sync.WaitGroup
		update := func(id string) {
			if _, err := c.Update(t.Context(), monitor, id, nil, nil); err != nil {
				t.Error(err)
			}
		}
		for i := range workers {
			all.Go(func() { update(itoa(1 + i)) })
		}
		time.Sleep(3 * time.Second)
		if l.puts.Load() != workers || l.sleeps.Load() != 1 {
			t.Errorf("%d requests, %d waits", l.puts.Load(), l.sleeps.Load())
		}
		for i := range workers {
			all.Go(func() { update(itoa(1 + workers + i)) })
		}
		synctest.Wait()
		if _, err := c.Get(t.Context(), monitor, "7"); err != nil || l.gets.Load() != 1 || !l.asleep.Load() {
			t.Errorf("another budget does not wait: %v", err)
		}
		all.Wait()
		if l.puts.Load() != 3*workers || l.sleeps.Load() != 1 {
			t.Errorf("%d requests, %d waits", l.puts.Load(), l.sleeps.Load())
		}
	})
}

func TestAnInterruptedWaitLetsTheOthersGoOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &limited{t: t}
		c := l.client()
		ctx, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() {
			if _, err := c.Update(ctx, monitor, "1", nil, nil); !errors.Is(err, context.Canceled) {
				t.Errorf("who waits: %v", err)
			}
		})
		synctest.Wait()
		time.Sleep(2 * time.Millisecond)
		all.Go(func() {
			if _, err := c.Update(ctx, monitor, "2", nil, nil); !errors.Is(err, context.Canceled) {
				t.Errorf("who waits at the gate: %v", err)
			}
		})
		all.Go(func() {
			if _, err := c.Update(t.Context(), monitor, "3", nil, nil); err != nil {
				t.Error(err)
			}
		})
		synctest.Wait()
		if l.puts.Load() != 1 {
			t.Errorf("%d requests while the gate is closed", l.puts.Load())
		}
		cancel()
		all.Wait()
		// The third meets the limit by itself and waits.
		if l.puts.Load() != 3 || l.sleeps.Load() != 2 {
			t.Errorf("%d requests, %d waits", l.puts.Load(), l.sleeps.Load())
		}
	})
}

// TestABudgetSpentDuringTheCheck sends nothing until the budget is there again, and then checks again.
func TestABudgetSpentDuringTheCheck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &limited{t: t}
		c := l.client()
		proceed := make(chan struct{})
		checks := 0
		var all sync.WaitGroup
		all.Go(func() {
			_, err := c.Update(t.Context(), monitor, "1", nil, func(context.Context, bool) error {
				checks++
				<-proceed
				return nil
			})
			if err != nil || checks != 2 {
				t.Errorf("%v, %d checks", err, checks)
			}
		})
		all.Go(func() {
			if _, err := c.Update(t.Context(), monitor, "2", nil, nil); err != nil {
				t.Error(err)
			}
		})
		time.Sleep(time.Second)
		if !l.asleep.Load() {
			t.Fatal("nobody waits")
		}
		close(proceed)
		all.Wait()
		if l.puts.Load() != 3 || l.sleeps.Load() != 1 {
			t.Errorf("%d requests, %d waits", l.puts.Load(), l.sleeps.Load())
		}
	})
}
