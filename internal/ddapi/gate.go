package ddapi

import (
	"context"
	"sync"
)

// gate holds back the requests of an exhausted rate limit. The zero value is open.
type gate struct {
	mu sync.Mutex
	// opens is closed when the gate opens; nil if it is open.
	opens chan struct{}
}

// pass waits until the gate is open or the context is done, and returns the context's error.
func (g *gate) pass(ctx context.Context) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		opens := g.closed()
		if opens == nil {
			return nil
		}
		select {
		case <-opens:
		case <-ctx.Done():
		}
	}
}

func (g *gate) isOpen() bool { return g.closed() == nil }

// closed returns a channel that is closed when the gate opens, or nil if it is open.
func (g *gate) closed() <-chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.opens
}

// closeFor closes the gate while sleep runs. It opens the gate even if sleep ends early: Datadog rejects requests that
// come too soon. If the gate is already closed, closeFor returns immediately, because the caller must pass it anyway.
func (g *gate) closeFor(sleep func() error) error {
	opens := make(chan struct{})
	g.mu.Lock()
	if g.opens != nil {
		g.mu.Unlock()
		return nil
	}
	g.opens = opens
	g.mu.Unlock()
	defer func() {
		g.mu.Lock()
		g.opens = nil
		g.mu.Unlock()
		close(opens)
	}()
	return sleep()
}
