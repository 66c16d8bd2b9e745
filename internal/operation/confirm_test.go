package operation_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"ddmon/internal/apply"
	"ddmon/internal/ddapi"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/operation"
	"ddmon/internal/plan"
)

// late is a client whose first listings are empty. It records the waits.
type late struct {
	operation.Lister
	rounds int
	waited []time.Duration
}

func (l *late) List(ctx context.Context, k *kind.Kind, stack string) (ddapi.Listing, error) {
	if len(l.waited) < l.rounds {
		return ddapi.Listing{}, nil
	}
	return l.Lister.List(ctx, k, stack)
}

func (l *late) Named(context.Context, *kind.Kind, ddapi.Listing, []string) ([]map[string]any, error) {
	return nil, nil
}

func (l *late) sleep(_ context.Context, d time.Duration) error {
	l.waited = append(l.waited, d)
	return nil
}

// TestConfirmWaitsForLists: Confirm retries with growing pauses if lists lag behind, and then reports what is left.
func TestConfirmWaitsForLists(t *testing.T) {
	client, w := datadog(t), workspace(t, threshold("5"))
	p := applied(t, client, w)
	for rounds, left := range map[int]string{0: "", 1: "", 3: "", 4: "monitor.depth create"} {
		l := &late{Lister: client, rounds: rounds}
		c, err := operation.Confirm(t.Context(), l, p, l.sleep)
		if err != nil || actions(c.Left) != left {
			t.Errorf("%d late lists: left %q, %v", rounds, actions(c.Left), err)
		}
		if want := []time.Duration{time.Second, 2 * time.Second, 4 * time.Second}[:min(rounds, 3)]; !slices.Equal(l.waited, want) {
			t.Errorf("%d late lists: waited %v", rounds, l.waited)
		}
	}
	interrupted := errors.New("interrupted")
	l := &late{Lister: client, rounds: 1}
	if _, err := operation.Confirm(t.Context(), l, p, func(context.Context, time.Duration) error { return interrupted }); !errors.Is(err, interrupted) {
		t.Error(err)
	}
}

// TestConfirmSeparatesOthers: after a saved plan, only its own objects can be left; other pending changes of the
// configuration are separate. After another plan, all changes of its targets can be left.
func TestConfirmSeparatesOthers(t *testing.T) {
	client, w := datadog(t), workspace(t, threshold("5"))
	p := applied(t, client, w)
	edit(t, w, threshold("6")+both)
	now := input(t, w)
	for name, tt := range map[string]struct {
		saved        bool
		targets      []object.Address
		left, others string
	}{
		"saved":           {true, nil, "monitor.depth update", "monitor.both create"},
		"everything":      {false, nil, "monitor.both create, monitor.depth update", ""},
		"one is targeted": {false, []object.Address{{Kind: "monitor", Name: "depth"}}, "monitor.depth update", ""},
	} {
		after := *p
		after.Saved, after.Targets, after.Stack = tt.saved, tt.targets, now.Stack
		c, err := operation.Confirm(t.Context(), client, &after, noSleep)
		if err != nil || actions(c.Left) != tt.left || actions(c.Others) != tt.others {
			t.Errorf("%s: left %q, others %q, %v", name, actions(c.Left), actions(c.Others), err)
		}
	}
}

// TestFailureIsLocated: a failed change is reported at its block, or at the field that Datadog names.
func TestFailureIsLocated(t *testing.T) {
	p := planned(t, datadog(t), input(t, workspace(t, threshold("5"))))
	address := object.Address{Kind: "monitor", Name: "depth"}
	refused := &ddapi.APIError{Status: 400, Messages: []string{"The value provided for parameter 'query' is invalid"}}
	for name, tt := range map[string]struct {
		err  error
		at   object.Address
		code string
		line int
	}{
		"refused":           {refused, address, "refused", 5},
		"changed meanwhile": {&plan.Conflict{Address: address}, address, "stale", 2},
		"no answer":         {errors.New("no answer"), address, "failed", 2},
		"not in the files":  {errors.New("no answer"), object.Address{Kind: "monitor", Name: "old"}, "failed", 0},
	} {
		diags := p.Failure(&apply.Outcome{Address: tt.at, Err: tt.err})
		line := 0
		if at := diags[0].Subject; at != nil {
			line = at.Start.Line
		}
		if codes(diags) != tt.code || line != tt.line {
			t.Errorf("%s: %s at line %d, want %s at %d", name, codes(diags), line, tt.code, tt.line)
		}
	}
}
