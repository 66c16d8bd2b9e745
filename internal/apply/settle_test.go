package apply_test

import (
	"maps"
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
		if got := time.Unix(s.markerOf(t, "d-100").Written, 0).Sub(moment(0)).Abs(); got > plan.CloneAge {
			t.Errorf("%s ahead: the marker is %s off", ahead, got)
		}
		clone := maps.Clone(s.objects["d-100"])
		clone["id"], clone["created_at"] = "d-7", moment(300).Format(time.RFC3339Nano)
		s.objects = map[string]map[string]any{"d-7": clone}
		if p, diags := plan.Build(plan.Input{Stack: "shop", Kinds: kind.All(), Desired: []*object.Object{note("d", "x")}, Live: s.live()}); !diags.HasErrors() {
			t.Errorf("%s ahead: a clone is %s", ahead, p.Changes[0].Action)
		}
	}
}
