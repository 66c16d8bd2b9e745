package sandbox

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/bmatcuk/doublestar/v4"
)

// Faults is a fault script with its state: the rules, and how many requests each rule has matched. It is safe for
// concurrent use. Sequential requests are numbered in order, and each of several concurrent requests has a unique
// number. The zero value breaks nothing and only counts.
//
// Several Servers can use the same Faults one after the other, such as before and after a restart. The count continues.
type Faults struct {
	mu       sync.Mutex
	requests int
	rules    []*rule
}

// rule is one line of a script.
type rule struct {
	methods []string // empty for every method
	path    string   // glob pattern
	when    requestRange
	seen    int // requests that matched so far; guarded by Faults.mu
	fault   fault
}

// requestRange selects some of the requests that match a rule: every step-th from first to last.
type requestRange struct {
	first, last, step int // last is 0 for an open range
}

// fault is what happens to a request. The zero value does nothing.
type fault struct {
	latency time.Duration
	delay   delay
	// processed is whether the server processes the request before respond runs.
	processed bool
	respond   responder // nil to send the server's response
}

// Requests returns the number of requests so far, whether or not a rule matched them.
func (f *Faults) Requests() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.requests
}

// match numbers a request, starting at 1, and returns its fault. All rules count the requests that they match,
// including the rules after the one that applies. Otherwise adding a line would change the numbers of the lines below
// it.
func (f *Faults) match(r *http.Request) (number int, active fault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.requests++
	decided := false
	for _, rule := range f.rules {
		if !rule.fits(r) {
			continue
		}
		rule.seen++
		if !decided && rule.when.includes(rule.seen) {
			active, decided = rule.fault, true
		}
	}
	return f.requests, active
}

func (l *rule) fits(r *http.Request) bool {
	if len(l.methods) > 0 && !slices.Contains(l.methods, r.Method) {
		return false
	}
	return doublestar.MatchUnvalidated(l.path, r.URL.Path)
}

func (o requestRange) includes(n int) bool {
	return n >= o.first && (o.last == 0 || n <= o.last) && (n-o.first)%o.step == 0
}

// faultHandler applies faults to requests for the next handler and to its responses.
type faultHandler struct {
	faults *Faults
	next   http.Handler
	now    func() time.Time
	sleep  func(context.Context, time.Duration) error
	budget func(*http.Request) rate
}

// ServeHTTP responds to one request, or panics with http.ErrAbortHandler, which makes net/http close the connection.
func (f *faultHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	number, active := f.faults.match(r)
	if active.latency > 0 && f.sleep(r.Context(), active.latency) != nil {
		return // the client has disconnected
	}
	r = r.WithContext(withArrival(r.Context(), arrival{number, active.delay}))
	if active.respond == nil {
		f.next.ServeHTTP(w, r)
		return
	}
	response := newResponseRecorder()
	if active.processed {
		f.next.ServeHTTP(response, r)
	} else {
		drain(r)
	}
	active.respond(f, w, r, response)
}

// sleepByClock waits. If the context ends first, it returns the context's error.
func sleepByClock(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
