package conformance_test

import (
	"maps"
	"slices"
	"testing"

	"ddmon/internal/apply"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// testReferences: an object is created after the objects that it refers to and deleted before them. can_delete reports
// the deletions that Datadog rejects.
func testReferences(t *testing.T, k *kind.Kind, e example) {
	for _, body := range e.References {
		needs := map[object.Address]bool{}
		referrer := desired(k, "referrer", resolved(t, body, needs).(map[string]any))
		all := []*object.Object{referrer}
		for _, a := range slices.SortedFunc(maps.Keys(needs), object.Address.Compare) {
			other := kind.Named(a.Kind)
			all = append(all, desired(other, a.Name, exampleOf(t, a.Kind).body(other, a.Name)))
		}
		if len(needs) == 0 {
			t.Errorf("%v refers to nothing", body)
		}
		w := newEnvironment(t, "", nil)
		checkOrder(t, w.apply(t, all...), apply.Create, needs, referrer.Address)
		checkReferences(t, w, k, needs, referrer.Address)
		checkOrder(t, w.apply(t), apply.Delete, needs, referrer.Address)

		w = newEnvironment(t, "", nil)
		w.apply(t, all...)
		checkCanDelete(t, w, needs)
	}
}

// checkOrder checks that the referrer is created last or deleted first.
func checkOrder(t *testing.T, events []apply.Event, step apply.Step, needs map[object.Address]bool, referrer object.Address) {
	t.Helper()
	var order []object.Address
	for _, e := range events {
		if e.Step == step && e.Phase != apply.Started {
			order = append(order, e.Address)
		}
	}
	want := 0
	if step == apply.Create {
		want = len(needs)
	}
	if len(order) != len(needs)+1 || order[want] != referrer {
		t.Errorf("%s: %v", step, order)
	}
}

// checkReferences checks that the kind and the plan find the references in live objects.
func checkReferences(t *testing.T, w *environment, k *kind.Kind, needs map[object.Address]bool, referrer object.Address) {
	t.Helper()
	ids := map[object.Address]string{}
	var mentions []kind.Reference
	for _, o := range w.owned(t) {
		a, _ := object.AddressOfSlug(o.Marker.Slug)
		ids[a] = o.ID
		if a == referrer {
			mentions = k.References(o.Body)
		}
	}
	for a := range needs {
		if !slices.ContainsFunc(mentions, func(r kind.Reference) bool { return r.Kind == a.Kind && r.ID == ids[a] }) {
			t.Errorf("the reference of %s to %s (%s) is missing in %v", referrer, a, ids[a], mentions)
		}
	}
	p, _ := w.plan(t)
	for _, c := range p.Changes {
		if needs[c.Address] && !slices.Contains(c.ReferredBy, referrer) {
			t.Errorf("%s is referenced by %v", c.Address, c.ReferredBy)
		}
	}
}

// checkCanDelete checks that the result of can_delete matches the result of the deletion. Not every reference prevents
// a deletion.
func checkCanDelete(t *testing.T, w *environment, needs map[object.Address]bool) {
	t.Helper()
	for _, o := range w.owned(t) {
		a, _ := object.AddressOfSlug(o.Marker.Slug)
		k := kind.Named(a.Kind)
		if !needs[a] || k.Remote.CanDelete == "" {
			continue
		}
		blocked, err := w.client.CanDelete(t.Context(), k, []string{o.ID})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.client.Delete(t.Context(), k, o.ID, nil); (err != nil) != (len(blocked[o.ID]) > 0) {
			t.Errorf("deletion of %s: %v; can_delete returned %q", a, err, blocked[o.ID])
		}
	}
}
