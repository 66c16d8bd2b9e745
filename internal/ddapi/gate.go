package ddapi

import (
	"context"
	"sync"
)

// gate lets requests of one budget through, unless that is spent. The zero value is open.
type gate struct {
	mu sync.Mutex
	// opens is closed when the gate opens; nil if it is open.
	opens chan struct{}
}

// pass returns once the gate is open, or the context's error when that is done.
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

// closed returns what is closed when the gate opens, nil if it is open.
func (g *gate) closed() <-chan struct{} {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.opens
}

// closeFor keeps the gate closed while it sleeps, and opens it also if the sleep is cut short: who comes through too
// early is told by Datadog. If somebody keeps it closed already it returns at once, as one has to pass it anyway.
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
