package operation

import (
	"fmt"
	"strings"
	"testing"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// changes returns n changes with the same action and title at different addresses.
func changes(action plan.Action, prefix, title string, n int) []plan.Change {
	out := make([]plan.Change, n)
	for i := range out {
		a := object.Address{Kind: "monitor", Name: fmt.Sprintf("%s%d", prefix, i)}
		out[i] = plan.Change{Address: a, Action: action, Title: title}
		if action != plan.Create {
			out[i].ID = fmt.Sprint(prefix, i)
		}
	}
	return out
}

// TestOneCreateOffsetsOneDelete: n deletions and m creations of one title count as n - m deletions.
func TestOneCreateOffsetsOneDelete(t *testing.T) {
	for n := range 21 {
		for m := range 21 {
			p := &plan.Plan{Changes: append(changes(plan.Delete, "old", "t", n), changes(plan.Create, "new", "t", m)...)}
			if got := netDeletes(p); got != max(0, n-m) {
				t.Errorf("%d deleted and %d created count as %d", n, m, got)
			}
		}
	}
	p := &plan.Plan{Changes: append(changes(plan.Delete, "old", "t", 3), changes(plan.Create, "new", "other", 3)...)}
	if got := netDeletes(p); got != 3 {
		t.Errorf("creations of another title offset deletions: %d", got)
	}
}

// TestReplacedObjectsCount: a deposed object counts as a deletion, unless its replacement exists.
func TestReplacedObjectsCount(t *testing.T) {
	deposed := func(n int) []plan.Change {
		out := changes(plan.Delete, "m", "t", n)
		for i := range out {
			out[i].Deposed = true
		}
		return out
	}
	for name, tt := range map[string]struct {
		changes []plan.Change
		want    int
		live    int // the number of objects in the stack
	}{
		"with no successor":        {deposed(15), 15, 15},
		"with live successors":     {append(deposed(15), changes(plan.NoOp, "m", "t", 15)...), 0, 15},
		"with new successors":      {append(deposed(15), changes(plan.Create, "m", "t", 15)...), 0, 0},
		"with blocked successors":  {append(deposed(15), changes(plan.Blocked, "m", "t", 15)...), 15, 30},
		"with deleted successors":  {append(deposed(15), changes(plan.Delete, "m", "t", 15)...), 30, 30},
		"next to other objects":    {append(deposed(4), changes(plan.NoOp, "n", "t", 6)...), 4, 10},
		"next to a deleted object": {append(deposed(4), changes(plan.Delete, "n", "t", 6)...), 10, 10},
		"a successor makes up for no other deletion": {
			append(append(deposed(2), changes(plan.Create, "m", "t", 2)...), changes(plan.Delete, "old", "t", 2)...), 2, 2,
		},
	} {
		p := &plan.Plan{Changes: tt.changes}
		if got := netDeletes(p); got != tt.want {
			t.Errorf("%s: %d, want %d", name, got, tt.want)
		}
		if got := liveIn(p); got != tt.live {
			t.Errorf("%s: the stack has %d objects, want %d", name, got, tt.live)
		}
	}
}

func TestDeleteLimit(t *testing.T) {
	for name, tt := range map[string]struct {
		limit   DeleteLimit
		live    int
		deletes int
		want    string
	}{
		"half of a stack":           {DeleteLimit{"apply", false, DefaultDeletes}, 8, 4, ""},
		"more than half of a stack": {DeleteLimit{"apply", false, DefaultDeletes}, 8, 5, "apply refuses to delete 5 of the stack's 8 objects"},
		"more than ten":             {DeleteLimit{"apply", false, DefaultDeletes}, 100, 11, "add --max-deletes 11 to apply"},
		"all, and that is meant":    {DeleteLimit{"destroy", true, DefaultDeletes}, 10, 10, ""},
		"more than ten at once":     {DeleteLimit{"destroy", true, DefaultDeletes}, 11, 11, "destroy refuses to delete 11 of the stack's 11 objects"},
		"allowed":                   {DeleteLimit{"destroy", true, 11}, 11, 11, ""},
		"fewer allowed":             {DeleteLimit{"apply", false, 0}, 100, 1, "(--max-deletes)"},
		"no number":                 {DeleteLimit{"apply", false, -2}, 100, 0, "invalid --max-deletes -2"},
	} {
		err := tt.limit.Check(&plan.Plan{Changes: changes(plan.Delete, "old", "t", tt.deletes)}, tt.live)
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
