package sandbox

import (
	"context"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/bmatcuk/doublestar/v4"
)

// Faults is a fault script and how far it has come: its rules, and how many requests each has seen. It is safe for
// concurrent use. Requests that come one after the other are numbered in that order; of those that come at once each
// has a number of its own. The zero value breaks nothing and counts.
//
// One Faults may serve several Servers in turn, such as one before and one after a restart: it goes on counting.
type Faults struct {
	mu       sync.Mutex
	requests int
	rules    []*rule
}

// rule is one line of a script.
type rule struct {
	methods []string // none: every method
	path    string   // a glob
	when    requestRange
	seen    int // requests so far that the method and the path fit; guarded by Faults.mu
	fault   fault
}

// requestRange says which of the requests that fit a rule it acts on: every step-th from first to last.
type requestRange struct {
	first, last, step int // last 0: there is no last
}

// fault is what happens to a request; the zero value is nothing.
type fault struct {
	latency time.Duration
	delay   delay
	// processed is whether the server does what the request asks before its answer is spoilt.
	processed bool
	respond   responder // nil: the answer is let through
}

// Requests returns how many requests have arrived so far, whether or not a rule fits them.
func (f *Faults) Requests() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.requests
}

// match numbers a request, from 1, and finds what is to happen to it. Every rule counts what fits it, also behind
// the one that acts: otherwise a line added above would shift the numbers of those below.
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

// faultHandler breaks requests on their way to the handler behind it, and that handler's answers.
type faultHandler struct {
	faults *Faults
	next   http.Handler
	now    func() time.Time
	sleep  func(context.Context, time.Duration) error
	budget func(*http.Request) rate
}

// ServeHTTP answers one request, or panics with http.ErrAbortHandler, at which net/http closes the connection.
func (f *faultHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	number, active := f.faults.match(r)
	if active.latency > 0 && f.sleep(r.Context(), active.latency) != nil {
		return // the client has gone
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

// sleepByClock waits, or returns the context's error when that ends first.
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
