package plan_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"ddmon/internal/ddtest"
	"ddmon/internal/ddtest/objecttest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

func TestDrift(t *testing.T) {
	named := func(name string) string { return strings.Replace(simple, `"n"`, `"`+name+`"`, 1) }
	desired := []*object.Object{
		objecttest.Desired(t, "monitor.same", named("same")), objecttest.Desired(t, "monitor.edited", named("edited")), objecttest.Desired(t, "monitor.unapplied", named("unapplied")),
		objecttest.Desired(t, "monitor.deleted", named("deleted")),
	}
	edited := objecttest.Owned(t, "2", "monitor.edited", strings.Replace(named("edited"), "> 5", "> 6", 1), func(m *object.Marker) {
		k := kind.Named("monitor")
		m.Fingerprint = plan.Fingerprint(k, ddtest.Object(t, named("edited")), nil, nil)
	})
	live := []*object.Object{
		objecttest.Owned(t, "1", "monitor.same", strings.Replace(named("same"), "{", `{"modified":"2026-01-01T00:00:00Z","options":{"silenced":{"*":null,"host:a":1893456000}},
			"matching_downtimes":[{"active":false,"scope":["*"]},{"active":true,"scope":["env:a","env:b"],"end":1893456000},{"active":true,"scope":["*"],"end":null}],`, 1)),
		edited, objecttest.Owned(t, "3", "monitor.unapplied", strings.Replace(named("unapplied"), "> 5", "> 6", 1)),
		objecttest.Owned(t, "4", "monitor.extra", named("extra")), objecttest.Owned(t, "5", "monitor.kept", named("kept"), protected),
	}
	p, _ := build(desired, live)
	sameName := []*object.Object{
		plan.FromLive(kind.Named("monitor"), ddtest.Object(t, strings.Replace(named("same"), "{", `{"id":9,`, 1))),
		objecttest.Owned(t, "10", "monitor.same", named("same"), func(m *object.Marker) { m.Stack = "other" }),
	}
	a := func(name string) object.Address { return object.Address{Kind: "monitor", Name: name} }
	paths := []string{"query"}
	want := &plan.DriftReport{
		FormatVersion: "1.0", Stack: "s",
		Drifted: []plan.Drifted{
			{Address: a("deleted"), Title: "deleted", Class: plan.DriftMissing},
			{Address: a("edited"), ID: "2", Title: "edited", Class: plan.DriftEdited, Paths: paths},
			{Address: a("extra"), ID: "4", Title: "extra", Class: plan.DriftOrphaned},
			{Address: a("kept"), ID: "5", Title: "kept", Class: plan.DriftOrphaned, Reason: "kept because of prevent_destroy: restore its block, or remove the protection"},
			{Address: a("same"), ID: "9", Title: "same", Class: plan.DriftDuplicate},
			{Address: a("unapplied"), ID: "3", Title: "unapplied", Class: plan.DriftUnapplied, Paths: paths},
		},
		Silenced: []plan.Silenced{
			{Address: a("same"), ID: "1", Title: "same", By: "mute", Scope: "*"},
			{Address: a("same"), ID: "1", Title: "same", By: "mute", Scope: "host:a", Until: 1893456000},
			{Address: a("same"), ID: "1", Title: "same", By: "downtime", Scope: "env:a,env:b", Until: 1893456000},
			{Address: a("same"), ID: "1", Title: "same", By: "downtime", Scope: "*"},
		},
	}
	if diff := cmp.Diff(want, plan.Drift(p, sameName), cmpopts.IgnoreFields(plan.DriftReport{}, "Plan")); diff != "" {
		t.Error(diff)
	}
}

// TestDriftOfBlocked: drift says why ddmon does not touch an object, and does not mix up the causes with what follows
// from them.
func TestDriftOfBlocked(t *testing.T) {
	composite := objecttest.Desired(t, "monitor.c", `{"name":"c","type":"composite","query":"${monitor.a} && 1"}`)
	a, protectedA := objecttest.Desired(t, "monitor.a", simple), objecttest.Desired(t, "monitor.a", simple)
	protectedA.Lifecycle.PreventDestroy = true
	var clones []*object.Object
	for id := range 8 {
		clones = append(clones, objecttest.Owned(t, strconv.Itoa(id+1), "monitor.a", simple))
	}
	marked := func(tags string) *object.Object {
		return plan.FromLive(kind.Named("monitor"), ddtest.Object(t, `{"id":9,"name":"n","tags":[`+tags+`]}`))
	}
	for name, tt := range map[string]struct {
		desired, live []*object.Object
		want          []string
	}{
		"claimed by two": {[]*object.Object{a, composite}, clones[:2], []string{
			"monitor.a contested: claimed by 2 objects (1, 2): keep one, and remove the ownership markers of the others",
			"monitor.c blocked: not compared, because it refers to monitor.a, which is blocked",
		}},
		"claimed by many": {[]*object.Object{a}, clones, []string{
			"monitor.a contested: claimed by 8 objects (1, 2, 3, 4, 5, 3 more): keep one, and remove the ownership markers of the others",
		}},
		"a clone": {[]*object.Object{a}, []*object.Object{objecttest.Owned(t, "1", "monitor.a", created(simple, 0), dated(-time.Hour))}, []string{
			"monitor.a contested: monitor 1 is a clone, and the original was deleted: adopt it, or remove its ownership marker",
		}},
		"a newer marker": {[]*object.Object{a}, []*object.Object{objecttest.Owned(t, "1", "monitor.a", simple, newer)}, []string{
			"monitor.a contested: last written by a newer ddmon: install that version",
		}},
		"two addresses": {[]*object.Object{a}, []*object.Object{marked(`"ddmon_stack:s","ddmon_id:monitor.a","ddmon_id:monitor.zzz"`)}, []string{
			"monitor.a contested: claimed by an object that also claims another address: remove the ownership markers that do not belong to it",
		}},
		"a damaged marker": {[]*object.Object{a}, []*object.Object{marked(`"ddmon_id:monitor.a"`)}, []string{
			"monitor.a contested: monitor 9 has an incomplete ownership marker: restore it, or remove the rest of it",
		}},
		"a protected replacement": {[]*object.Object{protectedA}, []*object.Object{objecttest.Owned(t, "1", "monitor.a", strings.Replace(simple, "query alert", "log alert", 1))}, []string{
			"monitor.a blocked: must be replaced, which prevent_destroy forbids: change that, or restore the type",
		}},
		"without a block": {nil, clones[:2], []string{
			"monitor.a contested: claimed by 2 objects (1, 2): keep one, and remove the ownership markers of the others",
			"monitor.a contested: claimed by 2 objects (1, 2): keep one, and remove the ownership markers of the others",
		}},
	} {
		p, _ := build(tt.desired, tt.live)
		var got []string
		for _, d := range plan.Drift(p, nil).Drifted {
			got = append(got, d.Address.String()+" "+string(d.Class)+": "+d.Reason)
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: %s", name, diff)
		}
	}
}
