package plan_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/ddtest"
	"ddmon/internal/ddtest/objecttest"
	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

func replaced(m *object.Marker) { m.Replaced = true }

func build(desired, live []*object.Object) (*plan.Plan, []string) {
	p, diags := plan.Build(plan.Input{Stack: "s", Kinds: kind.All(), Desired: desired, Live: live})
	var codes []string
	for _, d := range diags {
		codes = append(codes, diag.Code(d))
	}
	return p, codes
}

func actions(p *plan.Plan) []string {
	var out []string
	for _, c := range p.Changes {
		line := c.Address.String() + " " + string(c.Action)
		if c.ID != "" {
			line += " " + c.ID
		}
		out = append(out, line)
	}
	return out
}

const simple = `{"name":"n","type":"query alert","query":"avg(last_5m):avg:m{*} > 5"}`

func TestBuild(t *testing.T) {
	tests := []struct {
		name          string
		desired, live func(t *testing.T) []*object.Object
		want, codes   []string
	}{
		{
			name: "create, update, delete, no change",
			desired: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Desired(t, "monitor.a", simple), objecttest.Desired(t, "monitor.b", simple), objecttest.Desired(t, "monitor.c", simple)}
			},
			live: func(t *testing.T) []*object.Object {
				return []*object.Object{
					objecttest.Owned(t, "2", "monitor.b", strings.Replace(simple, "5\"", "6\"", 1)),
					objecttest.Owned(t, "3", "monitor.c", simple), objecttest.Owned(t, "4", "monitor.d", simple),
				}
			},
			want:  []string{"monitor.a create", "monitor.b update 2", "monitor.c no-op 3", "monitor.d delete 4"},
			codes: []string{"renamed"}, // a and d have the same name
		},
		{
			name:    "objects of others are not touched",
			desired: func(t *testing.T) []*object.Object { return nil },
			live: func(t *testing.T) []*object.Object {
				return []*object.Object{
					objecttest.Owned(t, "1", "monitor.a", simple, func(m *object.Marker) { m.Stack = "other" }),
					plan.FromLive(kind.Named("monitor"), ddtest.Object(t, `{"id":2,"name":"n","tags":["team:x"]}`)),
				}
			},
		},
		{
			name: "duplicates are blocked, other objects are not",
			desired: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Desired(t, "monitor.a", simple), objecttest.Desired(t, "monitor.b", simple)}
			},
			live: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Owned(t, "1", "monitor.a", simple), objecttest.Owned(t, "2", "monitor.a", simple)}
			},
			want:  []string{"monitor.a blocked", "monitor.b create"},
			codes: []string{"duplicates"},
		},
		{
			name: "objects that need a blocked object's id are blocked",
			desired: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Desired(t, "monitor.a", simple), objecttest.Desired(t, "monitor.c", `{"name":"c","type":"composite","query":"${monitor.a} && 1"}`)}
			},
			live: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Owned(t, "1", "monitor.a", simple), objecttest.Owned(t, "2", "monitor.a", simple)}
			},
			want:  []string{"monitor.a blocked", "monitor.c blocked"},
			codes: []string{"duplicates", "blocked"},
		},
		{
			name: "an unmanaged object of the same name is a warning",
			desired: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Desired(t, "monitor.a", simple)}
			},
			live: func(t *testing.T) []*object.Object {
				return []*object.Object{plan.FromLive(kind.Named("monitor"), ddtest.Object(t, `{"id":9,"name":"n"}`))}
			},
			want:  []string{"monitor.a create"},
			codes: []string{"same_name"},
		},
		{
			name: "an object with an incomplete marker is probably the object itself",
			desired: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Desired(t, "monitor.a", simple)}
			},
			live: func(t *testing.T) []*object.Object {
				return []*object.Object{plan.FromLive(kind.Named("monitor"), ddtest.Object(t, `{"id":9,"name":"n","tags":["ddmon_id:monitor.a"]}`))}
			},
			want:  []string{"monitor.a blocked"},
			codes: []string{"damaged_marker"},
		},
		{
			name: "an object with two addresses has no owner",
			desired: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Desired(t, "monitor.a", simple), objecttest.Desired(t, "monitor.b", simple)}
			},
			live: func(t *testing.T) []*object.Object {
				return []*object.Object{plan.FromLive(kind.Named("monitor"),
					ddtest.Object(t, `{"id":9,"name":"n","tags":["ddmon_stack:s","ddmon_id:monitor.a","ddmon_id:monitor.zzz"]}`))}
			},
			want:  []string{"monitor.a blocked", "monitor.b create"},
			codes: []string{"contested"},
		},
		{
			name: "an object of a stack that was renamed is a warning",
			desired: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Desired(t, "monitor.a", simple)}
			},
			live: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Owned(t, "1", "monitor.a", simple, func(m *object.Marker) { m.Stack = "old" })}
			},
			want:  []string{"monitor.a create"},
			codes: []string{"other_stack"},
		},
		{
			name: "a marker in the configuration is not used",
			desired: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Desired(t, "monitor.a", strings.Replace(simple, "{", `{"tags":["ddmon_id:monitor.x","t"],`, 1))}
			},
			live: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Owned(t, "1", "monitor.a", strings.Replace(simple, "{", `{"tags":["t"],`, 1))}
			},
			want:  []string{"monitor.a no-op 1"},
			codes: []string{"written_marker"},
		},
		{
			name: "a protected object of another type stays, and its id can be used",
			desired: func(t *testing.T) []*object.Object {
				protected := objecttest.Desired(t, "monitor.a", simple)
				protected.Lifecycle.PreventDestroy = true
				return []*object.Object{protected, objecttest.Desired(t, "monitor.c", `{"name":"c","type":"composite","query":"${monitor.a} && 1"}`)}
			},
			live: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Owned(t, "1", "monitor.a", strings.Replace(simple, "query alert", "log alert", 1))}
			},
			want:  []string{"monitor.a blocked 1", "monitor.c create"},
			codes: []string{"prevent_destroy"},
		},
		{
			name: "an ignored type does not cause a replacement",
			desired: func(t *testing.T) []*object.Object {
				a := objecttest.Desired(t, "monitor.a", simple)
				a.Lifecycle.IgnoreChanges = []object.Path{{"type"}}
				return []*object.Object{a}
			},
			live: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Owned(t, "1", "monitor.a", strings.Replace(simple, "query alert", "log alert", 1))}
			},
			want: []string{"monitor.a no-op 1"},
		},
		{
			name: "a changed type causes a replacement",
			desired: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Desired(t, "monitor.a", simple)}
			},
			live: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Owned(t, "1", "monitor.a", strings.Replace(simple, "query alert", "log alert", 1))}
			},
			want: []string{"monitor.a replace 1"},
		},
		{
			name: "an interrupted replacement is finished",
			desired: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Desired(t, "monitor.a", simple)}
			},
			live: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Owned(t, "1", "monitor.a", simple, replaced), objecttest.Owned(t, "2", "monitor.a", simple)}
			},
			want: []string{"monitor.a delete 1", "monitor.a no-op 2"},
		},
		{
			name: "a reference to a live object is its id",
			desired: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Desired(t, "monitor.a", simple), objecttest.Desired(t, "monitor.c", `{"name":"c","type":"composite","query":"${monitor.a} && 1"}`)}
			},
			live: func(t *testing.T) []*object.Object {
				return []*object.Object{objecttest.Owned(t, "7", "monitor.a", simple), objecttest.Owned(t, "8", "monitor.c", `{"name":"c","type":"composite","query":"7 && 1"}`)}
			},
			want: []string{"monitor.a no-op 7", "monitor.c no-op 8"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			desired, live := test.desired(t), test.live(t)
			p, codes := build(desired, live)
			if d := cmp.Diff(test.want, actions(p)); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(test.codes, codes); d != "" {
				t.Error(d)
			}
			checkReasons(t, p)
			// The order of the input does not matter.
			slices.Reverse(desired)
			slices.Reverse(live)
			q, _ := build(desired, live)
			if d := cmp.Diff(actions(p), actions(q)); d != "" {
				t.Errorf("in another order of the input: %s", d)
			}
		})
	}
}

// checkReasons checks that the blocked changes, and no others, have a reason.
func checkReasons(t *testing.T, p *plan.Plan) {
	t.Helper()
	for i := range p.Changes {
		if c := &p.Changes[i]; (c.Action == plan.Blocked) != (c.Reason != "") {
			t.Errorf("%s %s has the reason %q", c.Address, c.Action, c.Reason)
		}
	}
}

func TestEditedOutside(t *testing.T) {
	k := kind.Named("monitor")
	desired := objecttest.Desired(t, "monitor.a", simple)
	applied := plan.Fingerprint(k, desired.Body, nil, nil)
	mark := func(fingerprint string) func(*object.Marker) {
		return func(m *object.Marker) { m.Fingerprint = fingerprint }
	}
	edited := strings.Replace(simple, "> 5", "> 70", 1)
	tests := []struct {
		name, live, fingerprint string
		action                  plan.Action
		outside                 bool
	}{
		{"as applied", simple, applied, plan.NoOp, false},
		{"edited since", edited, applied, plan.Update, true},
		{"the configuration changed", edited, plan.Fingerprint(k, ddtest.Object(t, edited), nil, nil), plan.Update, false},
		{"of another version", edited, "000000-123456789abc", plan.Update, false},
		{"stale, but as desired", simple, plan.Fingerprint(k, ddtest.Object(t, edited), nil, nil), plan.NoOp, true},
		{"none", edited, "", plan.Update, false},
	}
	for _, test := range tests {
		p, _ := build([]*object.Object{desired}, []*object.Object{objecttest.Owned(t, "1", "monitor.a", test.live, mark(test.fingerprint))})
		if c := p.Changes[0]; c.Action != test.action || c.EditedOutside != test.outside {
			t.Errorf("%s: %s, edited outside %v; want %s, %v", test.name, c.Action, c.EditedOutside, test.action, test.outside)
		}
	}
}

func TestWrite(t *testing.T) {
	p, _ := build([]*object.Object{objecttest.Desired(t, "monitor.c", `{"name":"c","type":"composite","query":"${monitor.a} && 1","tags":["x"]}`)}, nil)
	c := &p.Changes[0]
	k := kind.Named("monitor")
	unknown := func(object.Address) (string, bool) { return "", false }
	if b, missing := c.Write(k, "s", unknown); len(missing) != 1 || len(b["tags"].([]any)) != 3 {
		t.Errorf("without the id: missing %v, tags %v", missing, b["tags"])
	}
	b, missing := c.Write(k, "s", func(object.Address) (string, bool) { return "42", true })
	if len(missing) > 0 || b["query"] != "42 && 1" {
		t.Errorf("with the id: missing %v, query %v", missing, b["query"])
	}
	m, rest := object.MarkerOfTags(b["tags"].([]any))
	if d := cmp.Diff([]any{"x"}, rest); d != "" || !m.Complete() || m.Fingerprint == "" {
		t.Errorf("marker %+v, other tags %v", m, rest)
	}
}

func TestTarget(t *testing.T) {
	p, _ := build([]*object.Object{
		objecttest.Desired(t, "monitor.a", simple), objecttest.Desired(t, `monitor.many["x"]`, simple), objecttest.Desired(t, `monitor.many["y"]`, simple),
		objecttest.Desired(t, "monitor.c", `{"name":"c","type":"composite","query":"${monitor.a} && 1"}`),
	}, nil)
	tests := []struct{ target, want, unknown string }{
		{"monitor.a", "monitor.a create", ""},
		{"monitor.c", "monitor.a create, monitor.c create", ""},
		{"monitor.many", `monitor.many["x"] create, monitor.many["y"] create`, ""},
		{`monitor.many["x"]`, `monitor.many["x"] create`, ""},
		{"monitor.none", "", "monitor.none"},
	}
	for _, test := range tests {
		part, unknown := p.Target([]object.Address{objecttest.Address(t, test.target)})
		if got := strings.Join(actions(part), ", "); got != test.want {
			t.Errorf("--target %s: %s, want %s", test.target, got, test.want)
		}
		if (len(unknown) > 0) != (test.unknown != "") {
			t.Errorf("--target %s: unknown %v", test.target, unknown)
		}
	}
}

func TestLimitTo(t *testing.T) {
	whole, _ := build(
		[]*object.Object{objecttest.Desired(t, "monitor.a", simple), objecttest.Desired(t, "monitor.b", simple), objecttest.Desired(t, "monitor.c", simple)},
		[]*object.Object{objecttest.Owned(t, "1", "monitor.a", strings.Replace(simple, "> 5", "> 6", 1)), objecttest.Owned(t, "2", "monitor.b", strings.Replace(simple, "> 5", "> 7", 1))})
	part, _ := whole.Target([]object.Address{objecttest.Address(t, "monitor.a")})
	got := whole.LimitTo(part)
	if d := cmp.Diff([]string{"monitor.a update 1", "monitor.b no-op 2"}, actions(got)); d != "" {
		t.Error(d)
	}
	if q := got.Changes[1].After["query"]; q != "avg(last_5m):avg:m{*} > 7" {
		t.Errorf("an object that is not targeted becomes %v", q)
	}
}

func TestBuildDestroy(t *testing.T) {
	protected := objecttest.Desired(t, "monitor.a", simple)
	protected.Lifecycle.PreventDestroy = true
	p, _ := plan.BuildDestroy(plan.Input{
		Stack: "s", Kinds: kind.All(), Desired: []*object.Object{protected},
		Live: []*object.Object{objecttest.Owned(t, "1", "monitor.a", simple), objecttest.Owned(t, "2", "monitor.b", `{"name":"c","type":"composite","query":"1 && 3"}`),
			objecttest.Owned(t, "3", "monitor.c", simple)},
	})
	if d := cmp.Diff([]string{"monitor.a blocked 1", "monitor.b delete 2", "monitor.c delete 3"}, actions(p)); d != "" {
		t.Error(d)
	}
	part, _ := p.Target([]object.Address{objecttest.Address(t, "monitor.c")})
	if d := cmp.Diff([]string{"monitor.b delete 2", "monitor.c delete 3"}, actions(part)); d != "" {
		t.Errorf("a deletion also targets objects that refer to the deleted one: %s", d)
	}
	if got := p.Changes[2].ReferredBy; len(got) != 1 || got[0].String() != "monitor.b" {
		t.Errorf("monitor.c is referred to by %v, want monitor.b", got)
	}
}

func TestDuplicatesNameTheOldest(t *testing.T) {
	older := objecttest.Owned(t, "5", "monitor.a", strings.Replace(simple, "{", `{"created":"2025-01-01T00:00:00+00:00","modified":"2026-02-01T00:00:00+00:00",`, 1))
	newer := objecttest.Owned(t, "4", "monitor.a", strings.Replace(simple, "{", `{"created":"2025-06-01T00:00:00+00:00","modified":"2025-07-01T00:00:00+00:00",`, 1))
	_, diags := plan.Build(plan.Input{
		Stack: "s", Kinds: kind.All(), Desired: []*object.Object{objecttest.Desired(t, "monitor.a", simple)}, Live: []*object.Object{newer, older},
	})
	if len(diags) != 1 || !strings.Contains(diags[0].Detail, "monitor 5, created 2025-01-01T00:00:00+00:00 (the oldest)") {
		t.Errorf("%v", diags)
	}
}

func TestDestroyProtectsTheDeposed(t *testing.T) {
	protected := objecttest.Desired(t, "monitor.a", simple)
	protected.Lifecycle.PreventDestroy = true
	p, _ := plan.BuildDestroy(plan.Input{
		Stack: "s", Kinds: kind.All(), Desired: []*object.Object{protected},
		Live: []*object.Object{objecttest.Owned(t, "1", "monitor.a", simple, replaced), objecttest.Owned(t, "2", "monitor.a", simple)},
	})
	if d := cmp.Diff([]string{"monitor.a blocked 1", "monitor.a blocked 2"}, actions(p)); d != "" {
		t.Error(d)
	}
}

func TestReplacedIsOnlyMarked(t *testing.T) {
	p, _ := build([]*object.Object{objecttest.Desired(t, "monitor.a", simple)},
		[]*object.Object{objecttest.Owned(t, "1", "monitor.a", strings.Replace(simple, "query alert", "log alert", 1))})
	got := p.Changes[0].WriteReplaced(kind.Named("monitor"), "s")
	if d := cmp.Diff(map[string]any{"tags": []any{"ddmon_stack:s", "ddmon_replaced:monitor.a"}}, got); d != "" {
		t.Errorf("marking writes more than the marker: %s", d)
	}
}

// TestReplacedIsSentWhole: an update of a kind whose updates replace the object marks it and keeps the rest.
func TestReplacedIsSentWhole(t *testing.T) {
	const slo = `{"name":"n","type":"metric","tags":["a:b"],"thresholds":[{"timeframe":"7d","target":99}],"query":{"numerator":"sum:a{*}.as_count()","denominator":"sum:b{*}.as_count()"}}`
	live := objecttest.Owned(t, "1", "slo.a", slo)
	p, _ := build([]*object.Object{objecttest.Desired(t, "slo.a", strings.Replace(slo, `"metric"`, `"time_slice"`, 1))}, []*object.Object{live})
	if d := cmp.Diff([]string{"slo.a replace 1"}, actions(p)); d != "" {
		t.Fatal(d)
	}
	got := p.Changes[0].WriteReplaced(kind.Named("slo"), "s")
	want := maps.Clone(live.Body)
	want["tags"] = []any{"a:b", "ddmon_stack:s", "ddmon_replaced:slo.a"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// TestDestroyHidesWhatTheBlockMarks: the block says which values of an object to destroy are sensitive, unless the object
// was written with others: then all can be.
func TestDestroyHidesWhatTheBlockMarks(t *testing.T) {
	want := objecttest.Desired(t, "monitor.a", simple)
	want.Sensitive = map[string][]string{"message": {"v"}}
	places := func(places string) func(*object.Marker) {
		return func(m *object.Marker) { m.Secret, m.Places, m.Written = true, places, 1_700_000_000 }
	}
	message, name, typ := object.Path{"message"}, object.Path{"name"}, object.Path{"type"}
	for at, tt := range map[string]struct {
		desired       []*object.Object
		places        string
		marked, whole bool // whether only the message is sensitive, and whether all but the type can be
	}{
		"written as marked":    {[]*object.Object{want}, want.SecretPlaces(), true, false},
		"written with another": {[]*object.Object{want}, "other", true, true},
		"without its block":    {nil, want.SecretPlaces(), false, true},
	} {
		p, _ := plan.BuildDestroy(plan.Input{Stack: "s", Kinds: kind.All(), Desired: tt.desired, HasSecrets: true,
			Live: []*object.Object{objecttest.Owned(t, "1", "monitor.a", strings.Replace(simple, "{", `{"message":"m",`, 1), places(tt.places))}})
		c := p.Changes[0]
		if marked := c.Desired.IsSensitive(message) && !c.Desired.IsSensitive(name); marked != tt.marked {
			t.Errorf("%s: the block marks %v", at, c.Desired.Sensitive)
		}
		hidden := c.LiveSensitive
		if !tt.marked {
			hidden = c.Desired
		}
		if whole := hidden != nil && hidden.IsSensitive(message) && hidden.IsSensitive(name) && !hidden.IsSensitive(typ); whole != tt.whole {
			t.Errorf("%s: of the live object, %v is sensitive", at, hidden)
		}
	}
}

func TestReadOnlyFieldsAreNotCreated(t *testing.T) {
	p, _ := build([]*object.Object{objecttest.Desired(t, "monitor.a", strings.Replace(simple, "{", `{"id":5,"multi":true,`, 1))}, nil)
	after := p.Changes[0].After
	if _, ok := after["id"]; ok || after["multi"] != nil {
		t.Errorf("%v", after)
	}
}

// errorCodes are the codes of the errors among diagnostics.
func errorCodes(diags hcl.Diagnostics) []string {
	var codes []string
	for _, d := range diags {
		if d.Severity == hcl.DiagError {
			codes = append(codes, diag.Code(d))
		}
	}
	return codes
}
