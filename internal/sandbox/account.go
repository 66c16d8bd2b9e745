package sandbox

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"
)

// account holds the objects of an organization. Reads use the index. Writes change the store in a transaction and then
// update the index from the store.
type account struct {
	now func() time.Time
	// telemetry has the metrics, logs and events.
	telemetry Telemetry
	org       int64
	store     store
	index     *index
	lag       *lag // nil if lists read the index
	// rotations counts the responses that contain a set, because the order of a set changes from response to response.
	rotations atomic.Uint64
}

// write runs a transaction and returns its response. A rejected request is a response, not an error: an error would
// abort the other transactions in the same batch.
func (ac *account) write(f func(t tx) (*response, error)) *response {
	var result *response
	err := ac.store.update(func(t tx) error {
		var err error
		result, err = f(t)
		return err
	})
	if err != nil {
		return errorResponse(http.StatusInternalServerError, "The sandbox could not write: "+err.Error())
	}
	return result
}

// listed returns the index that lists and searches read.
func (ac *account) listed(ctx context.Context) *index {
	if ac.lag == nil {
		return ac.index
	}
	return ac.lag.indexFor(arrivalOf(ctx), ac.now())
}

// apply changes the index and, possibly later, what lists show. The caller holds the lock of the index. Calls must be
// in the order of the writes.
func (ac *account) apply(ctx context.Context, key string, change func(*index)) {
	change(ac.index)
	if ac.lag != nil {
		ac.lag.write(delayedWrite{key: key, by: arrivalOf(ctx), at: ac.now(), apply: change})
	}
}

// timestamp formats a time like the API: RFC 3339 with microseconds and a numeric zone.
func timestamp(t time.Time) string {
	return t.UTC().Format("2006-01-02T15:04:05.000000") + "+00:00"
}
