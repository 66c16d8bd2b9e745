package evaluate

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"ddmon/internal/routine"
)

// addressOf is the address of a monitor.
func addressOf(i int) string { return fmt.Sprintf("monitor.m%d", i) }

// TestFirstMonitorPastTheLimitOfAll: of monitors that pass the limit together, always the same one is named.
func TestFirstMonitorPastTheLimitOfAll(t *testing.T) {
	const monitors = 20
	for range 50 {
		b := NewBudget(t.Context(), monitors)
		b.most = 10 * postEvery
		all := routine.NewGroup(4)
		for i := range monitors {
			a := b.Account(i)
			all.Go(func() error {
				a.Run(func() {
					for range 1000 {
						a.Spend(postEvery / 500)
					}
				})
				return nil
			})
		}
		_ = all.Wait() // no function returns an error
		var passed *LimitError
		if err := b.Err("r", addressOf); !errors.As(err, &passed) || passed.Address != "monitor.m5" || passed.Limit != "MaxSteps" {
			t.Fatalf("got %v, want monitor.m5", err)
		}
	}
}

// TestFirstMonitorPastItsOwnLimit: a later monitor that passes its limit first is not named.
func TestFirstMonitorPastItsOwnLimit(t *testing.T) {
	const monitors = 8
	b := NewBudget(t.Context(), monitors)
	for i := monitors - 1; i >= 0; i-- {
		a := b.Account(i)
		a.Run(func() {
			if i%2 == 1 {
				a.Keep(MaxMonitorMemory, 2)
			}
		})
	}
	var passed *LimitError
	if err := b.Err("r", addressOf); !errors.As(err, &passed) || passed.Address != "monitor.m1" {
		t.Fatalf("got %v, want monitor.m1", err)
	}
}

// TestIsInterrupted: what a monitor does ends in the middle when the context does.
func TestIsInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	b := NewBudget(ctx, 1)
	b.ctx = t.Context()
	a := b.Account(0)
	ended := false
	a.Run(func() {
		b.ctx = ctx // it is interrupted in the middle
		a.Spend(2 * postEvery)
		ended = true
	})
	if ended {
		t.Error("the monitor was not stopped")
	}
}
