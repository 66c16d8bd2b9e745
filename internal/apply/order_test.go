package apply_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/object"
)

func TestOrder(t *testing.T) {
	type objects = []*object.Object
	base := objects{metric("a", 1), metric("b", 1), composite("c", "a", "b"), board("d", "a")}
	for name, tt := range map[string]struct {
		before, after objects
		want          []string
	}{
		"creates wait for ids": {
			nil, base,
			[]string{"create a", "create d", "create b", "validate c", "create c"},
		},
		"referenced ones go last": {
			base, nil,
			[]string{"delete d", "delete c", "delete a", "delete b"},
		},
		"independent updates": {
			base, objects{metric("a", 2), metric("b", 2), composite("c", "a", "b"), board("d", "a")},
			[]string{"update a", "update b"},
		},
		"a member is let go first": {
			base, objects{metric("b", 1), composite("c", "b", "b"), board("d", "b")},
			[]string{"update d", "update c", "delete a"},
		},
		"a replacement": {
			base, objects{logs("a"), metric("b", 1), composite("c", "a", "b"), board("d", "a")},
			[]string{"mark a", "create a", "update d", "validate c", "update c", "delete a"},
		},
		"a replacement of a composite's two members": {
			base, objects{logs("a"), logs("b"), composite("c", "a", "b"), board("d", "a")},
			[]string{"mark a", "create a", "update d", "mark b", "create b", "validate c", "update c", "delete a", "delete b"},
		},
		"a composite becomes a metric alert and its member goes": {
			base, objects{metric("b", 1), metric("c", 1), board("d", "b")},
			[]string{"update d", "mark c", "create c", "delete c", "delete a"},
		},
		"a metric alert becomes a composite of new ones": {
			objects{metric("c", 1)}, objects{metric("x", 1), metric("y", 1), composite("c", "x", "y")},
			[]string{"create x", "create y", "validate c", "mark c", "create c", "delete c"},
		},
		"a renamed block": {
			objects{metric("a", 1), metric("b", 1)}, objects{renamed(metric("a", 1)), metric("b", 1)},
			[]string{"create a", "delete a"},
		},
		"nothing": {base, base, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore()
			if r, log := s.apply(t, 1, tt.before...); !r.OK() {
				t.Fatal(r, log)
			}
			r, log := s.apply(t, 1, tt.after...)
			if !r.OK() {
				t.Errorf("%+v", r)
			}
			if !slices.Equal(log, tt.want) {
				t.Errorf("got  %q\nwant %q", log, tt.want)
			}
			s.checkConverged(t, tt.after...)
		})
	}
}

// renamed returns an object with the same name at another address, whose creation comes last in the plan.
func renamed(o *object.Object) *object.Object {
	o.Address.Name = "z"
	return o
}

// TestNoDeleteWithoutSuccessor: if the creation under the new address fails, the object at the old one stays. The limit
// of deletions does not count it.
func TestNoDeleteWithoutSuccessor(t *testing.T) {
	s := newStore()
	s.apply(t, 1, metric("a", 1), note("d", "x"))
	s.fault = func(_ int, call string) (bool, error) {
		if strings.HasPrefix(call, "create") {
			return false, errors.New("400 rejected")
		}
		return true, nil
	}
	r, log := s.apply(t, 1, renamed(metric("a", 1)), renamed(note("d", "x")))
	if len(s.objects) != 2 || r.Destroyed != 0 || r.Failed != 2 || r.Skipped != 2 || !slices.Contains(summary(r), "monitor.a skipped []: monitor.z failed, so there is no replacement") {
		t.Errorf("%q: %d objects, %q", log, len(s.objects), summary(r))
	}
	s.fault = nil
	if r, _ := s.apply(t, 1, renamed(metric("a", 1)), renamed(note("d", "x"))); !r.OK() || r.Added != 2 || r.Destroyed != 2 {
		t.Error(summary(r))
	}
	s.checkConverged(t, renamed(metric("a", 1)), renamed(note("d", "x")))
}
