package conformance_test

import (
	"maps"
	"slices"
	"testing"

	"ddmon/internal/apply"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// testReferences: an object is created after those that it refers to and deleted before them; and what Datadog would not
// delete is known beforehand.
func testReferences(t *testing.T, k *kind.Kind, e example) {
	for _, body := range e.References {
		w := newWorld(t, "", nil)
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
		checkOrder(t, w.apply(t, all...), apply.Create, needs, referrer.Address, false)
		checkReferences(t, w, k, needs, referrer.Address)
		checkRefusals(t, w, needs)
		checkOrder(t, w.apply(t), apply.Delete, needs, referrer.Address, true)
	}
}

// checkOrder wants the referrer's step before or after those of what it refers to.
func checkOrder(t *testing.T, events []apply.Event, step apply.Step, needs map[object.Address]bool, referrer object.Address, first bool) {
	t.Helper()
	var order []object.Address
	for _, e := range events {
		if e.Step == step && e.Phase != apply.Started {
			order = append(order, e.Address)
		}
	}
	at := slices.Index(order, referrer)
	if len(order) != len(needs)+1 || first && at != 0 || !first && at != len(needs) {
		t.Errorf("%s: %v", step, order)
	}
}

// checkReferences wants the kind and the plan to find the references in what is live.
func checkReferences(t *testing.T, w *world, k *kind.Kind, needs map[object.Address]bool, referrer object.Address) {
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
			t.Errorf("%s refers to %s, %s, which is not among %v", referrer, a, ids[a], mentions)
		}
	}
	p, _ := w.plan(t)
	for _, c := range p.Changes {
		if needs[c.Address] && !slices.Contains(c.ReferredBy, referrer) {
			t.Errorf("%s is referred to by %v", c.Address, c.ReferredBy)
		}
	}
}

// checkRefusals wants what Datadog says of a deletion beforehand to be what it then does. Not all references keep an object
// from being deleted.
func checkRefusals(t *testing.T, w *world, needs map[object.Address]bool) {
	t.Helper()
	for _, o := range w.owned(t) {
		a, _ := object.AddressOfSlug(o.Marker.Slug)
		k := kind.Named(a.Kind)
		if !needs[a] || k.Remote.CanDelete == "" {
			continue
		}
		held, err := w.client.CanDelete(t.Context(), k, []string{o.ID})
		if err != nil {
			t.Fatal(err)
		}
		if len(held[o.ID]) == 0 {
			continue // deleting it would take the references of the other checks away
		}
		if err := w.client.Delete(t.Context(), k, o.ID, nil); err == nil {
			t.Errorf("%s was deleted, of which Datadog said %v", a, held[o.ID])
		}
	}
}
