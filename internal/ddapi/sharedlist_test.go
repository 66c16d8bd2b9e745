package ddapi

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// slowList is a list of which each reading takes a second. Its one object says how manieth reading it is of.
type slowList struct {
	shared sharedList
	reads  int // only one reads at a time, which the race detector watches
	fails  error
}

func (l *slowList) ask(ctx context.Context) (int, error) {
	list, err := l.shared.get(ctx, func() ([]map[string]any, error) {
		l.reads++
		number := l.reads
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
			return nil, fmt.Errorf("reading: %w", ctx.Err())
		}
		return []map[string]any{{"reading": number}}, l.fails
	})
	if err != nil {
		return 0, err
	}
	return list[0]["reading"].(int), nil
}

func TestWhoAsksDuringAReadingSharesTheNext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l slowList
		var all sync.WaitGroup
		ask := func(want int) {
			all.Go(func() {
				if got, err := l.ask(t.Context()); got != want || err != nil {
					t.Errorf("reading %d, want %d, %v", got, want, err)
				}
			})
		}
		ask(1)
		synctest.Wait()
		for range 20 {
			ask(2) // the first reading began before the question
		}
		time.Sleep(1500 * time.Millisecond)
		for range 20 {
			ask(3)
		}
		all.Wait()
		ask(4)
		all.Wait()
		if l.reads != 4 {
			t.Errorf("%d readings", l.reads)
		}
	})
}

func TestAReadingThatFailsFailsForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := slowList{fails: errors.New("no")}
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				if _, err := l.ask(t.Context()); err != l.fails { //nolint:errorlint // the very same error
					t.Error(err)
				}
			})
		}
		all.Wait()
		if l.reads > 2 {
			t.Errorf("%d readings", l.reads)
		}
	})
}

// TestWhoIsInterruptedTakesNobodyAlong has four ask in turn: the first reads, the second is to read next, and the
// others wait for that. The context of one of them ends, while the first or the second reads.
func TestWhoIsInterruptedTakesNobodyAlong(t *testing.T) {
	for _, tt := range []struct {
		interrupted int
		after       time.Duration
		most        int // readings; the two who waited for one that was interrupted may each begin one
	}{{0, 0, 2}, {1, 0, 2}, {2, 0, 2}, {1, 1500 * time.Millisecond, 4}, {2, 1500 * time.Millisecond, 2}} {
		synctest.Test(t, func(t *testing.T) {
			var l slowList
			var all sync.WaitGroup
			ctx, cancel := context.WithCancel(t.Context())
			for i := range 4 {
				all.Go(func() {
					if i == tt.interrupted {
						if _, err := l.ask(ctx); !errors.Is(err, context.Canceled) {
							t.Errorf("%d: %v", i, err)
						}
					} else if _, err := l.ask(t.Context()); err != nil {
						t.Errorf("%+v: %d goes down, too: %v", tt, i, err)
					}
				})
				synctest.Wait()
			}
			time.Sleep(tt.after)
			cancel()
			all.Wait()
			if l.reads > tt.most {
				t.Errorf("%+v: %d readings", tt, l.reads)
			}
		})
	}
}
