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

// slowList is a list whose reads take a second. It contains one object with the number of the read.
type slowList struct {
	shared sharedList
	reads  int // the race detector checks that reads are sequential
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

func TestSharedListJoinsNextRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l slowList
		var all sync.WaitGroup
		ask := func(want int) {
			all.Go(func() {
				if got, err := l.ask(t.Context()); got != want || err != nil {
					t.Errorf("read %d, want %d, %v", got, want, err)
				}
			})
		}
		ask(1)
		synctest.Wait()
		for range 20 {
			ask(2) // the first read started before this call
		}
		time.Sleep(1500 * time.Millisecond)
		for range 20 {
			ask(3)
		}
		all.Wait()
		ask(4)
		all.Wait()
		if l.reads != 4 {
			t.Errorf("%d reads", l.reads)
		}
	})
}

func TestSharedListError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := slowList{fails: errors.New("no")}
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				if _, err := l.ask(t.Context()); err != l.fails { //nolint:errorlint // the identical error
					t.Error(err)
				}
			})
		}
		all.Wait()
		if l.reads > 2 {
			t.Errorf("%d reads", l.reads)
		}
	})
}

// TestSharedListInterrupt: four callers request the list one after the other. The first reads, the second reads next,
// and the others wait for that read. The context of one of them ends during the first or the second read.
func TestSharedListInterrupt(t *testing.T) {
	for _, tt := range []struct {
		interrupted int
		after       time.Duration
		most        int // maximum number of reads; the two callers that waited for an interrupted read can each start one
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
						t.Errorf("%+v: %d fails too: %v", tt, i, err)
					}
				})
				synctest.Wait()
			}
			time.Sleep(tt.after)
			cancel()
			all.Wait()
			if l.reads > tt.most {
				t.Errorf("%+v: %d reads", tt, l.reads)
			}
		})
	}
}
