package sandbox

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"unicode/utf8"
)

// resource is a kind of objects with textual ids, each of which is kept as one value of a bucket. Monitors and dashboards,
// which have lookups and summaries, have their own code.
type resource struct {
	bucket string
	noun   string // in errors about the file, "SLO"
	// entry returns what reads of an object are answered from. It may keep the object, which does not change any more.
	entry func(o object) *entry
}

// find returns the entry of an id; nil if there is none.
func (x *index) find(r resource, id string) *entry {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.collections[r.bucket].byID[id]
}

// matching returns the entries that a function selects, in the order of lists.
func (x *index) matching(r resource, selects func(*entry) bool) []*entry {
	x.mu.RLock()
	defer x.mu.RUnlock()
	var out []*entry
	for _, e := range x.collections[r.bucket].sorted {
		if selects(e) {
			out = append(out, e)
		}
	}
	return out
}

// countStored reads an object of a resource; nil if there is none.
func (r resource) countStored(t tx, id string) (object, error) {
	value := t.get(r.bucket, id)
	if value == nil {
		return nil, nil
	}
	return decodeObject(value)
}

// load fills the index with a resource's objects.
func (ac *account) load(r resource) error {
	c := ac.index.collections[r.bucket]
	err := ac.store.each(r.bucket, func(key string, value []byte) error {
		o, err := decodeObject(value)
		if err != nil || !utf8.Valid(value) || stringField(o, "id") != key {
			return fmt.Errorf("%s %q in it cannot be read", r.noun, key)
		}
		e := r.entry(o)
		c.byID[key], c.sorted = e, append(c.sorted, e)
		return nil
	})
	slices.SortFunc(c.sorted, (*entry).compare)
	return err
}

// publish does for an object of a resource what publishMonitor does for a monitor.
func (ac *account) publish(ctx context.Context, r resource, id string) error {
	ac.index.mu.Lock()
	defer ac.index.mu.Unlock()
	return ac.store.view(func(t tx) error {
		o, err := r.countStored(t, id)
		if err != nil {
			return err
		}
		var e *entry
		if o != nil {
			e = r.entry(o)
		}
		ac.apply(ctx, id, func(x *index) { x.collections[r.bucket].set(id, e) })
		return nil
	})
}

// published shows a written object to readers before its writer is answered.
func (ac *account) published(ctx context.Context, r resource, id string, a *response) *response {
	if a.status >= http.StatusBadRequest {
		return a
	}
	if err := ac.publish(ctx, r, id); err != nil {
		return errorResponse(http.StatusInternalServerError, "The sandbox could not read: "+err.Error())
	}
	return a
}
