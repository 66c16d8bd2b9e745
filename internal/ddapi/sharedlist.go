package ddapi

import (
	"context"
	"fmt"
	"sync"
)

// sharedList shares an expensive list among concurrent callers. A caller never gets a list that began before its call,
// because it could be out of date: callers that arrive during a read share the next one. The zero value is ready to
// use.
type sharedList struct {
	mu      sync.Mutex
	next    *round          // waits for the current read and can be joined; nil without callers
	reading <-chan struct{} // closed when the latest read is done; nil before the first
}

// round is one read of the list. Its result is available when done is closed.
type round struct {
	done      chan struct{}
	after     <-chan struct{} // closed when the previous round is done
	list      []map[string]any
	err       error
	abandoned bool // its leader was interrupted, so the others must try again
}

// get returns the list, which callers must not change. One of several concurrent callers calls read.
func (s *sharedList) get(ctx context.Context, read func() ([]map[string]any, error)) ([]map[string]any, error) {
	for {
		r, leads := s.join()
		if leads {
			s.lead(ctx, r, read)
			return r.list, r.err
		}
		select {
		case <-r.done:
		case <-ctx.Done():
			return nil, interruptedWaiting(ctx)
		}
		if !r.abandoned {
			return r.list, r.err
		}
	}
}

// join returns the next round, and whether the caller leads it.
func (s *sharedList) join() (r *round, leads bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.next != nil {
		return s.next, false
	}
	s.next = &round{done: make(chan struct{}), after: s.reading}
	return s.next, true
}

// lead reads the list when the previous round is done. From then on, callers join another round.
func (s *sharedList) lead(ctx context.Context, r *round, read func() ([]map[string]any, error)) {
	defer close(r.done)
	if r.after != nil {
		select {
		case <-r.after:
		case <-ctx.Done():
		}
	}
	begins := ctx.Err() == nil
	s.mu.Lock()
	s.next = nil
	if begins {
		s.reading = r.done
	}
	s.mu.Unlock()
	if !begins {
		r.abandoned, r.err = true, interruptedWaiting(ctx)
		return
	}
	r.list, r.err = read()
	r.abandoned = r.err != nil && ctx.Err() != nil
}

func interruptedWaiting(ctx context.Context) error {
	return fmt.Errorf("interrupted while waiting for a list: %w", ctx.Err())
}
