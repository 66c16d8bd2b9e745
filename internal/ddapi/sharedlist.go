package ddapi

import (
	"context"
	"fmt"
	"sync"
)

// sharedList lets those who ask at once for a list that is dear share one. Nobody gets a list that began before the
// question, which might not hold what the question is about: who comes while one is read shares the next. The zero
// value is ready.
type sharedList struct {
	mu      sync.Mutex
	next    *round          // waits for the one being read, and may be joined; nil if no one asked for it
	reading <-chan struct{} // closed when the round that began last is done; nil if none did
}

// round is one reading of the list. Its results are there when done is closed.
type round struct {
	done      chan struct{}
	after     <-chan struct{} // the round before it is done
	list      []map[string]any
	err       error
	abandoned bool // the one who led it was interrupted, which is no answer for the others
}

// get returns the list, which no one may change. read is called by one of those who ask at once.
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

// join returns the next round, and whether the caller is the first one in it.
func (s *sharedList) join() (r *round, leads bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.next != nil {
		return s.next, false
	}
	s.next = &round{done: make(chan struct{}), after: s.reading}
	return s.next, true
}

// lead reads the list when the round before is done. From then on others join another round.
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
