package apply_test

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// newer returns a dashboard with fields that the tables do not know.
func newer(name string, fields ...string) *object.Object {
	o := note(name, "x")
	for _, field := range fields {
		o.Body[field] = "set"
	}
	return o
}

// edits are the paths of the edits that the plan has for the objects.
func (s *store) edits(t *testing.T, desired ...*object.Object) string {
	t.Helper()
	var out []string
	for _, c := range s.plan(t, desired...).Changes {
		for _, e := range c.Edits {
			out = append(out, e.Path.String())
		}
	}
	return strings.Join(out, " ")
}

// TestRemovedUnknownFields: a field that Datadog dropped is not an edit, but one that it returned and that a user removed
// is, although the tables do not know either of them.
func TestRemovedUnknownFields(t *testing.T) {
	s := newStore()
	s.drops = []string{"lost", "gone"}
	both := newer("d", "kept", "lost")
	if r, calls := s.apply(t, 1, both); !r.OK() || strings.Join(calls, ", ") != "create d, update d" {
		t.Fatal(calls, summary(r))
	}
	s.checkConverged(t, both)
	more := newer("d", "also", "gone", "kept", "lost")
	if r, calls := s.apply(t, 1, more); !r.OK() || strings.Join(calls, ", ") != "update d, update d" {
		t.Fatal(calls, summary(r))
	}
	s.checkConverged(t, more)
	s.edit(t, "d", func(o map[string]any) { delete(o, "kept") })
	if got := s.edits(t, more); !strings.Contains(got, "kept") || strings.Contains(got, "also") {
		t.Errorf("edits %q", got)
	}
	if r, _ := s.apply(t, 1, more); !r.OK() {
		t.Fatal(summary(r))
	}
	s.checkConverged(t, more)
	if r, calls := s.apply(t, 1, newer("d", "also", "kept", "lost")); !r.OK() || strings.Join(calls, ", ") != "update d" {
		t.Errorf("%v, %v", calls, summary(r))
	}
}

// TestSettleKeepsEdits: an edit right after the write is not overwritten.
func TestSettleKeepsEdits(t *testing.T) {
	s := newStore()
	s.edited = map[string]any{"title": "mine now"}
	r, calls := s.apply(t, 1, newer("d", "kept"))
	if !r.OK() || len(calls) != 1 || s.objects["d-100"]["title"] != "mine now" {
		t.Errorf("%v, %v, %v", calls, summary(r), s.objects)
	}
}

// TestWrongDates: the Date headers of a server whose clock differs from its creation times do not make ddmon's own
// objects look like clones, and do not hide clones.
func TestWrongDates(t *testing.T) {
	for _, ahead := range []time.Duration{-10 * 365 * 24 * time.Hour, -10 * time.Minute, -time.Minute, 0, time.Minute, 10 * time.Minute, 10 * 365 * 24 * time.Hour} {
		s := newStore()
		s.now, s.ahead = moment(0), ahead
		for _, threshold := range []int{1, 2} {
			if r, _ := s.apply(t, 1, note("d", "x"), metric("a", threshold)); !r.OK() {
				t.Fatal(summary(r))
			}
			s.checkConverged(t, note("d", "x"), metric("a", threshold))
		}
		for id, original := range map[string]*object.Object{"d-100": note("d", "x"), "101": metric("a", 2)} {
			if got := time.Unix(s.markerOf(t, id).Written, 0).Sub(moment(0)).Abs(); got > plan.CloneAge {
				t.Errorf("%s ahead: the marker of %s is %s off", ahead, original.Address, got)
			}
			checkClone(t, s.objects[id], original)
		}
	}
}

// checkClone checks that nothing is done with a clone that a user made of an object before deleting it.
func checkClone(t *testing.T, body map[string]any, original *object.Object) {
	t.Helper()
	k := kind.All()[slices.IndexFunc(kind.All(), func(k *kind.Kind) bool { return k.Name == original.Address.Kind })]
	clone := maps.Clone(body)
	clone["id"], clone[k.History.Created] = json.Number("7"), moment(300).Format(time.RFC3339Nano)
	if k.Name == "dashboard" {
		clone["id"] = "d-7"
	}
	in := plan.Input{Stack: "shop", Kinds: kind.All(), Live: []*object.Object{plan.FromLive(k, clone)}}
	for what, desired := range map[string][]*object.Object{"planned": {original}, "removed from the files": nil} {
		in.Desired = desired
		if p, diags := plan.Build(in); !diags.HasErrors() {
			t.Errorf("a clone of %s is %s: %v", original.Address, what, p.Changes)
		}
	}
}
