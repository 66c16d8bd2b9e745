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

// rateLimitedServer emulates Datadog. Its rate limit for PUT is exceeded until a client has waited. It runs in a
// synctest bubble, whose clock advances only while all goroutines wait.
type rateLimitedServer struct {
	t       *testing.T
	puts    atomic.Int64
	gets    atomic.Int64
	sleeps  atomic.Int64
	asleep  atomic.Bool
	renewed atomic.Bool
}

func (l *rateLimitedServer) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Method == http.MethodGet {
		l.gets.Add(1)
		return respondWithID(r), nil
	}
	l.puts.Add(1)
	if l.asleep.Load() {
		l.t.Error("a request was sent while another one waits for the rate limit")
	}
	renewed := l.renewed.Load()
	time.Sleep(time.Millisecond)
	if renewed {
		return respondWithID(r), nil
	}
	return newResponse(429, `{"errors":["slow"]}`, "X-RateLimit-Reset", "7"), nil
}

// respondWithID responds with the object of the request.
func respondWithID(r *http.Request) *http.Response {
	return newResponse(200, `{"id":`+path.Base(r.URL.Path)+`}`)
}

func (l *rateLimitedServer) sleep(ctx context.Context, d time.Duration) error {
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

func (l *rateLimitedServer) client() *ddapi.Client {
	return newClient(l.t, ddapi.Config{Host: "x.invalid", Sleep: l.sleep, HTTPClient: &http.Client{Transport: l}})
}

func TestSharedRateLimitWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &rateLimitedServer{t: t}
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
			t.Errorf("another rate limit does not wait: %v", err)
		}
		all.Wait()
		if l.puts.Load() != 3*workers || l.sleeps.Load() != 1 {
			t.Errorf("%d requests, %d waits", l.puts.Load(), l.sleeps.Load())
		}
	})
}

func TestInterruptedRateLimitWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &rateLimitedServer{t: t}
		c := l.client()
		ctx, cancel := context.WithCancel(t.Context())
		var all sync.WaitGroup
		all.Go(func() {
			if _, err := c.Update(ctx, monitor, "1", nil, nil); !errors.Is(err, context.Canceled) {
				t.Errorf("the waiting request: %v", err)
			}
		})
		synctest.Wait()
		time.Sleep(2 * time.Millisecond)
		all.Go(func() {
			if _, err := c.Update(ctx, monitor, "2", nil, nil); !errors.Is(err, context.Canceled) {
				t.Errorf("the request at the gate: %v", err)
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
		// The third request gets a 429 and waits.
		if l.puts.Load() != 3 || l.sleeps.Load() != 2 {
			t.Errorf("%d requests, %d waits", l.puts.Load(), l.sleeps.Load())
		}
	})
}

// TestRateLimitDuringCheck: if another request exceeds the rate limit during the check, the write waits and then runs
// the check again.
func TestRateLimitDuringCheck(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &rateLimitedServer{t: t}
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
			t.Fatal("no request waits")
		}
		close(proceed)
		all.Wait()
		if l.puts.Load() != 3 || l.sleeps.Load() != 1 {
			t.Errorf("%d requests, %d waits", l.puts.Load(), l.sleeps.Load())
		}
	})
}
