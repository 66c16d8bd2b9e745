package objecttest_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/ddtest/objecttest"
	"ddmon/internal/object"
)

func TestDesiredReferences(t *testing.T) {
	o := objecttest.Desired(t, `monitor.both["x"]`, `{"query":"${monitor.a} && 5","name":"n"}`)
	a := objecttest.Address(t, "monitor.a")
	want := map[string]any{"query": object.Text{{Literal: ""}, {Ref: &a}, {Literal: " && 5"}}, "name": "n"}
	if diff := cmp.Diff(want, o.Body); diff != "" || o.Address.Key != "x" {
		t.Errorf("%v: %s", o.Address, diff)
	}
}

func TestOwnedMarker(t *testing.T) {
	for address, id := range map[string]string{"monitor.a": "12", "dashboard.d": "abc"} {
		replaced := func(m *object.Marker) { m.Replaced = true }
		o := objecttest.Owned(t, id, address, `{"name":"n"}`, replaced)
		if o.ID != id || o.Marker.Stack != "s" || o.Marker.Slug != objecttest.Address(t, address).Slug() || !o.Marker.Replaced {
			t.Errorf("%s: id %q, marker %+v", address, o.ID, o.Marker)
		}
	}
}
