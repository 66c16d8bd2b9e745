package apply_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"ddmon/internal/apply"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// TestInterruptedWrite: an interrupted write that was sent could have succeeded, so it failed. One that was not sent is
// skipped.
func TestInterruptedWrite(t *testing.T) {
	for name, tt := range map[string]struct {
		before, after []*object.Object
		call          string // of the store
		step          apply.Step
	}{
		"create":  {nil, []*object.Object{metric("a", 1)}, "create a", apply.Create},
		"update":  {[]*object.Object{metric("a", 1)}, []*object.Object{metric("a", 2)}, "update a", apply.Update},
		"delete":  {[]*object.Object{metric("a", 1)}, nil, "delete a", apply.Delete},
		"replace": {[]*object.Object{metric("a", 1)}, []*object.Object{logs("a")}, "mark a", apply.Mark},
	} {
		for _, begun := range []bool{true, false} {
			for _, carriedOut := range []bool{true, false} {
				s := newStore()
				s.apply(t, 1, tt.before...)
				p := s.plan(t, tt.after...)
				s.log = nil
				ctx, cancel := context.WithCancel(t.Context())
				lost := fmt.Errorf("no answer to %s: %w", tt.call, context.Canceled)
				s.fault = func(_ int, call string) (bool, error) {
					if call == tt.call {
						cancel()
						return carriedOut, lost
					}
					return true, nil
				}
				r := apply.Run(ctx, p, s, apply.Options{Kinds: kind.All(), Parallel: 1, OnEvent: func(e apply.Event) {
					if !begun && e.Step == tt.step && e.Phase == apply.Started {
						cancel()
					}
				}})
				cancel()
				o := r.Outcomes[0]
				switch {
				case r.OK():
					t.Errorf("%s: %+v", name, r)
				case begun && (o.Status != apply.StatusFailed || r.Failed != 1 || !errors.Is(o.Err, lost)):
					t.Errorf("%s had begun and is %s: %v%s", name, o.Status, o.Err, o.Reason)
				case !begun && (!r.Interrupted || o.Status != apply.StatusSkipped || !strings.Contains(o.Reason, "interrupted") || len(s.log) != 0):
					t.Errorf("%s had not begun and is %s: %v%s, %q", name, o.Status, o.Err, o.Reason, s.log)
				}
			}
		}
	}
}
