package plan_test

import (
	"slices"
	"testing"

	"ddmon/internal/ddtest/objecttest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

func protected(m *object.Marker) { m.Protected = true }

// TestProtection: apply sets and unsets prevent_destroy on the live object, where it outlives the block.
func TestProtection(t *testing.T) {
	wanted := func(protect bool) []*object.Object {
		o := objecttest.Desired(t, "monitor.a", simple)
		o.Lifecycle.PreventDestroy = protect
		return []*object.Object{o}
	}
	for name, tt := range map[string]struct {
		desired     []*object.Object
		live        *object.Object
		want, edits []string
		codes       []string
	}{
		"set":            {wanted(true), objecttest.Owned(t, "1", "monitor.a", simple), []string{"monitor.a update 1"}, []string{"lifecycle.prevent_destroy"}, nil},
		"already set":    {wanted(true), objecttest.Owned(t, "1", "monitor.a", simple, protected), []string{"monitor.a no-op 1"}, nil, nil},
		"unset":          {wanted(false), objecttest.Owned(t, "1", "monitor.a", simple, protected), []string{"monitor.a update 1"}, []string{"lifecycle.prevent_destroy"}, nil},
		"block removed":  {nil, objecttest.Owned(t, "1", "monitor.a", simple, protected), []string{"monitor.a blocked 1"}, nil, []string{"prevent_destroy"}},
		"never applied":  {nil, objecttest.Owned(t, "1", "monitor.a", simple), []string{"monitor.a delete 1"}, nil, nil},
		"being replaced": {nil, objecttest.Owned(t, "1", "monitor.a", simple, protected, replaced), []string{"monitor.a blocked 1"}, nil, []string{"prevent_destroy"}},
	} {
		t.Run(name, func(t *testing.T) {
			p, codes := build(tt.desired, []*object.Object{tt.live})
			var edits []string
			for _, e := range p.Changes[0].Edits {
				edits = append(edits, e.Path.String())
			}
			if !slices.Equal(actions(p), tt.want) || !slices.Equal(edits, tt.edits) || !slices.Equal(codes, tt.codes) {
				t.Errorf("%q %q %q", actions(p), edits, codes)
			}
		})
	}
	// A replacement would delete the object, so the protection must be unset first.
	for name, protect := range map[string]bool{"with the block's protection": true, "with the live object's alone": false} {
		desired := wanted(protect)
		desired[0].Body["type"] = "log alert"
		p, codes := build(desired, []*object.Object{objecttest.Owned(t, "1", "monitor.a", simple, protected)})
		if !slices.Equal(actions(p), []string{"monitor.a blocked 1"}) || !slices.Equal(codes, []string{"prevent_destroy"}) {
			t.Errorf("replaced %s: %q %q", name, actions(p), codes)
		}
	}
	p, diags := plan.BuildDestroy(plan.Input{Stack: "s", Kinds: kind.All(), Live: []*object.Object{objecttest.Owned(t, "1", "monitor.a", simple, protected)}, Desired: wanted(true)})
	if !slices.Equal(actions(p), []string{"monitor.a blocked 1"}) || len(diags) != 1 {
		t.Errorf("destroy: %q %v", actions(p), diags)
	}
	// The marker stores it.
	p, _ = build(wanted(true), nil)
	k := kind.Named("monitor")
	body, _ := p.Changes[0].Write(k, "s", func(object.Address) (string, bool) { return "", false })
	if m, _ := k.Marker.Read(body); !m.Protected {
		t.Errorf("%v", body["tags"])
	}
}
