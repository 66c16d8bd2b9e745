package planfile

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/ddtest/objecttest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

func TestStale(t *testing.T) {
	const (
		head   = `{"type":"query alert","query":"avg(last_5m):avg:m{*} > 5",`
		before = head + `"name":"u","message":"m","tags":["a","b"],"options":{"include_tags":false,"thresholds":{"critical":5}}}`
		board  = `{"title":"d","layout_type":"ordered","widgets":[]`
		after  = head + `"name":"new","message":"m","tags":["a","b"],"options":{"thresholds":{"critical":5}}}`
	)
	with := func(old, replacement string) string { return strings.Replace(before, old, replacement, 1) }
	released := func(m *object.Marker) { m.Stack = "other" }
	replaced := func(m *object.Marker) { m.Replaced = true }
	object1 := func(source string, marks ...func(*object.Marker)) []*object.Object {
		return []*object.Object{owned(t, "1", "monitor.a", source, marks...)}
	}
	update := []*object.Object{want(t, "monitor.a", after)}
	tests := []struct {
		name          string
		desired, then []*object.Object
		now           []*object.Object
		want          []string
	}{
		{"nothing", update, object1(before), object1(before), nil},
		{"what the server sets", update, object1(before),
			object1(with(`{`, `{"modified":"2026-01-01T00:00:00Z","overall_state":"Alert","created":"2020-01-01",`)), nil},
		{"the order of a set and a default", update, object1(before), object1(with(`["a","b"],"options":{`, `["b","a"],"options":{"notify_audit":false,`)), nil},
		{"a field", update, object1(before), object1(with(`"m"`, `"edited"`)), []string{"monitor.a (monitor 1) was changed after the plan was made: message"}},
		{"fields and time", update, object1(before), object1(with(`"message":"m"`, `"priority":1,"modified":"2026-01-01T00:00:00Z"`)),
			[]string{"monitor.a (monitor 1) was changed after the plan was made: message, priority (last changed 2026-01-01T00:00:00Z)"}},
		{"the planned change itself", update, object1(before), object1(with(`"u"`, `"new"`)), []string{"monitor.a (monitor 1) was changed after the plan was made: name"}},
		{"a mute that would be lost", update, object1(before), object1(with(`"options":{`, `"options":{"silenced":{"*":1},`)), []string{"monitor.a (monitor 1) was changed after the plan was made: options.silenced"}},
		{"roles that are not sent", []*object.Object{want(t, "monitor.a", head+`"name":"new"}`)}, object1(head + `"name":"u"}`),
			object1(head + `"name":"u","restricted_roles":["r"]}`), nil},
		{"an option and a mute", []*object.Object{want(t, "monitor.a", with(`"critical":5`, `"critical":4`))}, object1(before),
			object1(with(`"options":{`, `"options":{"silenced":{"*":1},`)), []string{"monitor.a (monitor 1) was changed after the plan was made: options.silenced"}},
		{"a mute removed", []*object.Object{want(t, "monitor.a", with(`"critical":5`, `"critical":4`))},
			object1(with(`"options":{`, `"options":{"silenced":{"*":1},`)), object1(before), []string{"monitor.a (monitor 1) was changed after the plan was made: options.silenced"}},
		{"roles, which a monitor keeps", update, object1(before), object1(with(`{`, `{"restricted_roles":["r"],`)), nil},
		{"an unknown field, also kept", update, object1(before), object1(with(`{`, `{"brand_new":1,`)), nil},
		{"a mute on an object to delete", nil, object1(before), object1(with(`"options":{`, `"options":{"silenced":{"*":1},`)), nil},
		{"recipients of a dashboard to delete", nil, []*object.Object{owned(t, "1", "dashboard.d", board+"}")},
			[]*object.Object{owned(t, "1", "dashboard.d", board+`,"notify_list":["a@example.com"]}`)}, nil},
		{"recipients of a dashboard, which an update would drop", []*object.Object{want(t, "dashboard.d", board+`,"description":"new"}`)},
			[]*object.Object{owned(t, "1", "dashboard.d", board+"}")},
			[]*object.Object{owned(t, "1", "dashboard.d", board+`,"notify_list":["a@example.com"]}`)},
			[]string{"dashboard.d (dashboard 1) was changed after the plan was made: notify_list"}},
		{"edited before a delete", nil, object1(before), object1(with(`"m"`, `"edited"`)), []string{"monitor.a (monitor 1) was changed after the plan was made: message"}},
		{"deleted", update, object1(before), nil, []string{"monitor.a (monitor 1) was deleted in Datadog after the plan was made"}},
		{"deleted before a delete", nil, object1(before), nil, []string{"monitor.a (monitor 1) was deleted in Datadog after the plan was made"}},
		{"of another stack", update, object1(before), object1(before, released), []string{"monitor.a (monitor 1) no longer has the same ownership marker"}},
		{"another run replaces it", update, object1(before), object1(before, replaced), []string{"monitor.a (monitor 1) no longer has the same ownership marker"}},
		{"deposed", nil, object1(before, replaced), object1(before, replaced), nil},
		{"exists", update, nil, object1(before), []string{"monitor.a cannot be created because monitor 1 now has its address"}},
		{"of another stack, at the address", update, nil, object1(before, released), nil},
		{"duplicate", update, object1(before), append(object1(before), owned(t, "2", "monitor.a", before)),
			[]string{"a second object, monitor 2, now has the address of monitor.a"}},
		{"an object that is not changed", []*object.Object{want(t, "monitor.a", before)}, object1(before), object1(with(`"m"`, `"edited"`)), nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := load(t, save(t, build(tt.desired, tt.then)))
			var got []string
			for _, c := range s.Stale(tt.now, kind.All()) {
				got = append(got, c.Error())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("want -, got +:\n%s", diff)
			}
		})
	}
}

// TestStaleReference: an object that another one refers to must still exist.
func TestStaleReference(t *testing.T) {
	base := `{"name":"b","type":"query alert","query":"avg(last_5m):avg:m{*} > 5"}`
	composite := want(t, "monitor.c", `{"name":"c","type":"composite"}`)
	a := objecttest.Address(t, "monitor.base")
	composite.Body["query"] = object.Text{{Ref: &a}, {Literal: " && 2"}}
	live := []*object.Object{owned(t, "1", "monitor.base", base)}
	s := load(t, save(t, build([]*object.Object{want(t, "monitor.base", base), composite}, live)))
	if got := s.Stale(live, kind.All()); len(got) > 0 {
		t.Errorf("got %v", got)
	}
	if got := s.Stale(nil, kind.All()); len(got) != 1 || got[0].Reason != plan.ConflictDeleted || got[0].Address != a {
		t.Errorf("got %v", got)
	}
}

// TestStaleSecrets: the conflict of a changed sensitive value shows neither the old nor the new value.
func TestStaleSecrets(t *testing.T) {
	desired, live := everything(t)
	s := load(t, save(t, build(desired, live)))
	edited := append([]*object.Object(nil), live...)
	o := *edited[1]
	o.Body = object.With(object.With(o.Body, object.Path{"message"}, "new-s3cr3t"), object.Path{"tags"}, []any{"t-s3cr3t"})
	edited[1] = &o
	got := s.Stale(edited, kind.All())
	if len(got) != 1 || len(got[0].Edits) != 2 {
		t.Fatalf("got %v", got)
	}
	for _, e := range got[0].Edits {
		if e.Before != Redacted || e.After != Redacted {
			t.Errorf("%s shows %v and %v", e.Path, e.Before, e.After)
		}
	}
}
