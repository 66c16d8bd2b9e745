package routine

import (
	"context"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// Group is an errgroup.Group whose Wait panics if one of its functions did.
type Group struct {
	group    *errgroup.Group
	panicked atomic.Pointer[Panic] // the first one
}

// NewGroup returns a group that runs at most limit functions concurrently; 0 means unlimited.
func NewGroup(limit int) *Group { return limited(&errgroup.Group{}, limit) }

// WithContext is like NewGroup. It also returns a context that is canceled when a function fails or panics, or when
// Wait returns.
func WithContext(ctx context.Context, limit int) (*Group, context.Context) {
	group, ctx := errgroup.WithContext(ctx)
	return limited(group, limit), ctx
}

func limited(group *errgroup.Group, limit int) *Group {
	if limit > 0 {
		group.SetLimit(limit)
	}
	return &Group{group: group}
}

// Go calls f in a new goroutine. It blocks while the limit of the group is reached.
func (g *Group) Go(f func() error) {
	g.group.Go(func() error {
		caught, err := run(f)
		if caught != nil {
			g.panicked.CompareAndSwap(nil, caught)
			return caught
		}
		return err
	})
}

// Wait waits until all functions have returned. If one of them panicked, it panics with the first *Panic. Otherwise it
// returns the first error.
func (g *Group) Wait() error {
	err := g.group.Wait()
	if p := g.panicked.Load(); p != nil {
		panic(p)
	}
	return err
}
