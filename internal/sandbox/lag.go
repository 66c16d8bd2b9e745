package sandbox

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

// lateness is how long lists do not show a write: for so many further requests, or for a time. Zero is not at all.
type lateness struct {
	requests int
	time     time.Duration
}

func (l lateness) set() bool { return l != lateness{} }

// arrival is what the front knows of a request and what the server, behind it, needs for its lists.
type arrival struct {
	number int
	late   lateness
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
	mu    sync.Mutex
	shown *index
	held  []heldWrite // in the order of writing
}

// heldWrite is a write that lists do not show yet.
type heldWrite struct {
	key   string // of the object
	by    arrival
	at    time.Time
	enter func(*index)
}

// newLag begins with everything that is there.
func newLag(from *index) *lag {
	return &lag{shown: &index{
		monitors: maps.Clone(from.monitors), order: slices.Clone(from.order),
		dashboards: maps.Clone(from.dashboards), titles: slices.Clone(from.titles),
		collections: copyCollections(from.collections),
	}}
}

// write takes note of a write. One that is shown at once shows what it was built on, too.
func (l *lag) write(w heldWrite) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if w.by.late.set() {
		l.held = append(l.held, w)
		return
	}
	l.forget(w.key)
	l.enter(w)
}

// upTo returns the index as a list with this arrival is to see it.
func (l *lag) upTo(a arrival, now time.Time) *index {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := l.held
	l.held = nil
	for _, w := range all {
		if w.due(a, now) {
			l.forget(w.key) // an earlier state of the object must not come after this one
			l.enter(w)
		} else {
			l.held = append(l.held, w)
		}
	}
	return l.shown
}

func (w heldWrite) due(a arrival, now time.Time) bool {
	if w.by.late.requests > 0 {
		return a.number > w.by.number+w.by.late.requests
	}
	return !now.Before(w.at.Add(w.by.late.time))
}

// forget drops the held writes of an object. The caller holds mu.
func (l *lag) forget(key string) {
	l.held = slices.DeleteFunc(l.held, func(w heldWrite) bool { return w.key == key })
}

func (l *lag) enter(w heldWrite) {
	l.shown.mu.Lock()
	defer l.shown.mu.Unlock()
	w.enter(l.shown)
}
