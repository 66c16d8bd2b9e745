package plan_test

import (
	"strings"
	"testing"

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
			{Address: a("kept"), ID: "5", Title: "kept", Class: plan.DriftOrphaned},
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
