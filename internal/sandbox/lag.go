package sandbox

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

// delay is how long lists do not show a write: for so many further requests, or for a time. Zero is not at all.
type delay struct {
	requests int
	time     time.Duration
}

func (l delay) set() bool { return l != delay{} }

// arrival is what the front knows of a request and what the server, behind it, needs for its lists.
type arrival struct {
	number int
	delay  delay
}

type arrivalKey struct{}

func withArrival(ctx context.Context, a arrival) context.Context {
	return context.WithValue(ctx, arrivalKey{}, a)
}

// arrivalOf is zero where there are no faults.
func arrivalOf(ctx context.Context) arrival {
	a, _ := ctx.Value(arrivalKey{}).(arrival)
	return a
}

// lag is what lists and searches read where faults are at work: an index that learns of some writes late. To get an
// object by its id, and to judge what is written, the server reads its own index and store, as Datadog does.
type lag struct {
	mu      sync.Mutex
	shown   *index
	pending []delayedWrite // in the order of writing
}

// delayedWrite is a write that lists do not show yet.
type delayedWrite struct {
	key   string // of the object
	by    arrival
	at    time.Time
	apply func(*index)
}

// newLag begins with everything that is there.
func newLag(from *index) *lag {
	return &lag{shown: &index{
		monitors: maps.Clone(from.monitors), monitorIDs: slices.Clone(from.monitorIDs),
		dashboards: maps.Clone(from.dashboards), dashboardIDs: slices.Clone(from.dashboardIDs),
		collections: copyCollections(from.collections),
	}}
}

// write takes note of a write. One that is shown at once shows what it was built on, too.
func (l *lag) write(w delayedWrite) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if w.by.delay.set() {
		l.pending = append(l.pending, w)
		return
	}
	l.drop(w.key)
	l.apply(w)
}

// indexFor returns the index as a list with this arrival is to see it.
func (l *lag) indexFor(a arrival, now time.Time) *index {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := l.pending
	l.pending = nil
	for _, w := range all {
		if w.due(a, now) {
			l.drop(w.key) // an earlier state of the object must not come after this one
			l.apply(w)
		} else {
			l.pending = append(l.pending, w)
		}
	}
	return l.shown
}

func (w delayedWrite) due(a arrival, now time.Time) bool {
	if w.by.delay.requests > 0 {
		return a.number > w.by.number+w.by.delay.requests
	}
	return !now.Before(w.at.Add(w.by.delay.time))
}

// drop drops the held writes of an object. The caller holds mu.
func (l *lag) drop(key string) {
	l.pending = slices.DeleteFunc(l.pending, func(w delayedWrite) bool { return w.key == key })
}

func (l *lag) apply(w delayedWrite) {
	l.shown.mu.Lock()
	defer l.shown.mu.Unlock()
	w.apply(l.shown)
}
