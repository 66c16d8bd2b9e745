package sandbox

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

// delay is how long lists do not show a write: for a number of further requests, or for a duration. The zero value is
// no delay.
type delay struct {
	requests int
	time     time.Duration
}

func (l delay) set() bool { return l != delay{} }

// arrival is what the fault handler passes to the server about a request, which needs it for lists.
type arrival struct {
	number int
	delay  delay
}

type arrivalKey struct{}

func withArrival(ctx context.Context, a arrival) context.Context {
	return context.WithValue(ctx, arrivalKey{}, a)
}

// arrivalOf returns the zero arrival if there are no faults.
func arrivalOf(ctx context.Context) arrival {
	a, _ := ctx.Value(arrivalKey{}).(arrival)
	return a
}

// lag is the index that lists and searches read if there are faults. It shows some writes late. Gets by id and the
// checks of writes use the up-to-date index and store, as in Datadog.
type lag struct {
	mu      sync.Mutex
	shown   *index
	pending []delayedWrite // in the order of the writes
}

// delayedWrite is a write that lists do not show yet.
type delayedWrite struct {
	key   string // key of the object
	by    arrival
	at    time.Time
	apply func(*index)
}

// newLag returns a lag that shows everything in the index.
func newLag(from *index) *lag {
	return &lag{shown: &index{
		monitors: maps.Clone(from.monitors), monitorIDs: slices.Clone(from.monitorIDs),
		dashboards: maps.Clone(from.dashboards), dashboardIDs: slices.Clone(from.dashboardIDs),
		collections: copyCollections(from.collections),
	}}
}

// write adds a write. A write without a delay also makes earlier writes of the object visible.
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

// indexFor returns the index that a list request must see.
func (l *lag) indexFor(a arrival, now time.Time) *index {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := l.pending
	l.pending = nil
	for _, w := range all {
		if w.due(a, now) {
			l.drop(w.key) // an earlier state of the object must not reappear after this one
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

// drop removes the pending writes of an object. The caller holds mu.
func (l *lag) drop(key string) {
	l.pending = slices.DeleteFunc(l.pending, func(w delayedWrite) bool { return w.key == key })
}

func (l *lag) apply(w delayedWrite) {
	l.shown.mu.Lock()
	defer l.shown.mu.Unlock()
	w.apply(l.shown)
}
