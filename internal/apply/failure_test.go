package apply_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/apply"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

var errRefused = errors.New("refused")

// refuse fails the given calls.
func refuse(calls ...string) func(int, string) (bool, error) {
	return func(_ int, call string) (bool, error) {
		if slices.Contains(calls, call) {
			return false, errRefused
		}
		return true, nil
	}
}

// summary formats outcomes as "monitor.a failed [mark]: error or reason".
func summary(r apply.Result) []string {
	var out []string
	for _, o := range r.Outcomes {
		line := fmt.Sprintf("%s %s %v", o.Address, o.Status, o.Did)
		if o.Err != nil {
			line += ": " + o.Err.Error()
		}
		if o.Reason != "" {
			line += ": " + o.Reason
		}
		out = append(out, line)
	}
	return out
}

func TestFailureSkipsOnlyDependents(t *testing.T) {
	type objects = []*object.Object
	base := objects{metric("a", 1), metric("b", 1), composite("c", "a", "b"), metric("z", 1), board("d", "c")}
	replaced := objects{logs("a"), metric("b", 1), composite("c", "a", "b"), metric("z", 2), board("d", "c")}
	for name, tt := range map[string]struct {
		before, after objects
		refuse        string
		want          []string
	}{
		"a create": {nil, base, "create a", []string{
			"dashboard.d skipped []: monitor.c was skipped, and its id is needed",
			"monitor.a failed []: refused",
			"monitor.b done [create]",
			"monitor.c skipped []: monitor.a failed, and its id is needed",
			"monitor.z done [create]",
		}},
		"a validation": {nil, base, "validate c", []string{
			"dashboard.d skipped []: monitor.c failed, and its id is needed",
			"monitor.a done [create]",
			"monitor.b done [create]",
			"monitor.c failed []: refused",
			"monitor.z done [create]",
		}},
		"a mark": {base, replaced, "mark a", []string{
			"dashboard.d unchanged []",
			"monitor.a failed []: refused",
			"monitor.b unchanged []",
			"monitor.c skipped []: monitor.a failed, and its id is needed",
			"monitor.z done [update]",
		}},
		"the create of a replacement": {base, replaced, "create a", []string{
			"dashboard.d unchanged []",
			"monitor.a failed [mark]: refused. The old monitor 100 is marked as replaced but still active; the next apply " +
				"creates the new one and then deletes the old one",
			"monitor.b unchanged []",
			"monitor.c skipped []: monitor.a failed, and its id is needed",
			"monitor.z done [update]",
		}},
		"an update that removes a reference": {base, replaced, "update c", []string{
			"dashboard.d unchanged []",
			"monitor.a skipped [mark create]: the old monitor 100 is not deleted: monitor.c failed, and still refers to it",
			"monitor.b unchanged []",
			"monitor.c failed [validate]: refused",
			"monitor.z done [update]",
		}},
		"the delete of a replacement": {base, replaced, "delete a", []string{
			"dashboard.d unchanged []",
			"monitor.a failed [mark create]: refused",
			"monitor.b unchanged []",
			"monitor.c done [validate update]",
			"monitor.z done [update]",
		}},
		"a delete": {base, nil, "delete c", []string{
			"dashboard.d done [delete]",
			"monitor.a skipped []: monitor.c failed, and still refers to it",
			"monitor.b skipped []: monitor.c failed, and still refers to it",
			"monitor.c failed []: refused",
			"monitor.z done [delete]",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore()
			s.apply(t, 1, tt.before...)
			s.fault = refuse(tt.refuse)
			r, _ := s.apply(t, 3, tt.after...)
			if got := summary(r); !slices.Equal(got, tt.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
			s.fault = nil
			if r, log := s.apply(t, 3, tt.after...); !r.OK() {
				t.Errorf("again: %q %v", log, summary(r))
			}
			s.checkConverged(t, tt.after...)
		})
	}
}

func TestNothingIsDeletedWithoutReplacement(t *testing.T) {
	s := newStore()
	s.apply(t, 1, metric("a", 1))
	s.fault = refuse("create a")
	s.apply(t, 1, logs("a"))
	// The next run finds only the marked object, which must not be deleted before the new one exists.
	r, log := s.apply(t, 4, logs("a"))
	if !slices.Equal(log, []string{"create a"}) || len(s.objects) != 1 || r.Failed != 1 || r.Skipped != 1 {
		t.Errorf("%q, %d objects, %v", log, len(s.objects), summary(r))
	}
}

func TestBlockedChangesAreSkipped(t *testing.T) {
	a := object.Address{Kind: "monitor", Name: "a"}
	p := &plan.Plan{Stack: "shop", Changes: []plan.Change{
		{Address: a, Action: plan.Blocked},
		{Address: object.Address{Kind: "monitor", Name: "c"}, Action: plan.Create, After: composite("c", "a").Body},
		{Address: object.Address{Kind: "monitor", Name: "z"}, Action: plan.Create, After: composite("z", "nowhere").Body},
		{Address: object.Address{Kind: "hologram", Name: "s"}, Action: plan.Create, After: map[string]any{}},
	}}
	s := newStore()
	r := apply.Run(t.Context(), p, s, apply.Options{Kinds: kind.All()})
	want := []string{
		"monitor.a skipped []: blocked by an error in the plan",
		"monitor.c skipped []: monitor.a is blocked, and its id is needed",
		"monitor.z failed []: the id of monitor.nowhere is unknown, and this plan does not create the object: plan again",
		`hologram.s failed []: this version of ddmon does not support the kind "hologram"`,
	}
	if got := summary(r); !slices.Equal(got, want) || len(s.log) != 0 {
		t.Errorf("%q\n%s", s.log, strings.Join(got, "\n"))
	}
}

func TestReferenceCycleIsAnError(t *testing.T) {
	p := &plan.Plan{Stack: "shop", Changes: []plan.Change{
		{Address: object.Address{Kind: "monitor", Name: "a"}, Action: plan.Create, After: composite("a", "b").Body},
		{Address: object.Address{Kind: "monitor", Name: "b"}, Action: plan.Create, After: composite("b", "a").Body},
	}}
	r := apply.Run(t.Context(), p, newStore(), apply.Options{Kinds: kind.All()})
	if r.OK() || r.Failed != 1 || r.Skipped != 1 || !strings.Contains(r.Outcomes[0].Err.Error(), "reference cycle") {
		t.Errorf("%v", summary(r))
	}
}

func TestForeignReferenceIsReportedUnchanged(t *testing.T) {
	s := newStore()
	s.apply(t, 1, metric("a", 1))
	s.objects["7"] = map[string]any{"type": "composite", "name": "somebody's", "query": "100 && 100"}
	r, _ := s.apply(t, 1)
	if got := summary(r); !slices.Equal(got, []string{
		"monitor.a failed []: 409 monitor 100 is referenced in composite monitor 7",
	}) {
		t.Errorf("%q", got)
	}
}
