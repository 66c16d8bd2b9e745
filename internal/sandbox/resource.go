package sandbox

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"unicode/utf8"
)

// resource is a kind of object with string ids that is stored in a bucket, one value per object. Monitors and
// dashboards have their own code, because they need lookups and summaries.
type resource struct {
	bucket string
	noun   string // for error messages about the file, such as "SLO"
	// entry returns the index entry of an object. It can keep the object, which no longer changes.
	entry func(o object) *entry
}

// find returns the entry of an id, or nil.
func (x *index) find(r resource, id string) *entry {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.collections[r.bucket].byID[id]
}

// matching returns the selected entries in the order of lists.
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

// stored reads an object. It returns nil if there is no such object.
func (r resource) countStored(t tx, id string) (object, error) {
	value := t.get(r.bucket, id)
	if value == nil {
		return nil, nil
	}
	return decodeObject(value)
}

// load fills the index with the objects of a resource.
func (ac *account) load(r resource) error {
	c := ac.index.collections[r.bucket]
	err := ac.store.each(r.bucket, func(key string, value []byte) error {
		o, err := decodeObject(value)
		if err != nil || !utf8.Valid(value) || stringField(o, "id") != key {
			return fmt.Errorf("cannot read %s %q", r.noun, key)
		}
		e := r.entry(o)
		c.byID[key], c.sorted = e, append(c.sorted, e)
		return nil
	})
	slices.SortFunc(c.sorted, (*entry).compare)
	return err
}

// publish updates the index entry of an object from the store, like publishMonitor.
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

// published updates the index with a written object before the response is sent.
func (ac *account) published(ctx context.Context, r resource, id string, a *response) *response {
	if a.status >= http.StatusBadRequest {
		return a
	}
	if err := ac.publish(ctx, r, id); err != nil {
		return errorResponse(http.StatusInternalServerError, "The sandbox could not read: "+err.Error())
	}
	return a
}
