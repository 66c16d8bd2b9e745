package sandbox

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"
)

// account is an organization's objects, as all of the API works on them: it reads the index, changes the store in
// transactions, and then shows in the index what the store holds.
type account struct {
	now   func() time.Time
	org   int64
	store store
	index *index
	lag   *lag // nil: lists read the index
	// rotations counts the answers that hold a set, whose order changes from one to the next.
	rotations atomic.Uint64
}

// write runs a transaction whose function says in its answer whether it changed anything; a refusal is an answer,
// not an error, because an error would end the transactions of others in the same batch.
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

// listed returns the index that a list or search is answered from.
func (ac *account) listed(ctx context.Context) *index {
	if ac.lag == nil {
		return ac.index
	}
	return ac.lag.indexFor(arrivalOf(ctx), ac.now())
}

// apply changes the index, whose lock the caller holds, and sooner or later what lists show. The order of calls is
// the order of writing.
func (ac *account) apply(ctx context.Context, key string, change func(*index)) {
	change(ac.index)
	if ac.lag != nil {
		ac.lag.write(delayedWrite{key: key, by: arrivalOf(ctx), at: ac.now(), apply: change})
	}
}

// timestamp is the API's notation of a moment: RFC 3339 with microseconds and a numeric zone.
func timestamp(t time.Time) string {
	return t.UTC().Format("2006-01-02T15:04:05.000000") + "+00:00"
}
