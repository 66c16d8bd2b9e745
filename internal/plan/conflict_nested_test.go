package plan_test

import (
	"slices"
	"testing"

	"ddmon/internal/ddtest/objecttest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// nestedEdits are edits below the top level of a body since the plan. Edits of unmanaged values (a mute, an unknown
// field) do not conflict with a deletion.
func nestedEdits() map[string]struct {
	addr, seen, now string
	want            []string // the fields that differ; nil without a conflict
} {
	monitor := func(options string) string {
		return `{"name":"n","type":"query alert","query":"avg(last_5m):avg:m{*} > 5","options":{` + options + `}}`
	}
	board := func(widget string) string {
		return `{"title":"n","layout_type":"ordered","widgets":[` + widget + `]}`
	}
	group := func(inner string) string {
		return board(`{"definition":{"type":"group","layout_type":"ordered","title":"g","widgets":[` + inner + `]}}`)
	}
	note := func(content string) string { return `{"definition":{"type":"note","content":"` + content + `"}}` }
	return map[string]struct {
		addr, seen, now string
		want            []string
	}{
		"a number": {"monitor.a", monitor(`"thresholds":{"critical":5,"warning":3}`), monitor(`"thresholds":{"critical":5,"warning":4}`), []string{"options.thresholds.warning"}},
		"a number in options": {"monitor.a", monitor(`"renotify_interval":10`), monitor(`"renotify_interval":20`),
			[]string{"options.renotify_interval"}},
		"one character":         {"monitor.a", monitor(`"escalation_message":"a"`), monitor(`"escalation_message":"b"`), []string{"options.escalation_message"}},
		"a bool":                {"monitor.a", monitor(`"include_tags":true`), monitor(`"include_tags":false`), []string{"options.include_tags"}},
		"an element":            {"monitor.a", monitor(`"notify_by":["host"]`), monitor(`"notify_by":["host","*"]`), []string{"options.notify_by"}},
		"a widget":              {"dashboard.a", board(note("a")), board(note("b")), []string{"widgets[0].definition.content"}},
		"a widget in a group":   {"dashboard.a", group(note("a")), group(note("b")), []string{"widgets[0].definition.widgets[0].definition.content"}},
		"another user's mute":   {"monitor.a", monitor(`"silenced":{}`), monitor(`"silenced":{"*":null}`), nil},
		"a field of the future": {"monitor.a", monitor(`"include_tags":false`), monitor(`"include_tags":false,"new":{"a":1}`), nil},
	}
}

// TestNestedEditStopsADeletion: an edit since the plan is a conflict at any depth.
func TestNestedEditStopsADeletion(t *testing.T) {
	for name, tt := range nestedEdits() {
		t.Run(name, func(t *testing.T) {
			p, _ := build(nil, []*object.Object{objecttest.Owned(t, "1", tt.addr, tt.seen)})
			if len(p.Changes) != 1 || p.Changes[0].Action != plan.Delete {
				t.Fatalf("%q", actions(p))
			}
			wantConflict(t, &p.Changes[0], objecttest.Owned(t, "1", tt.addr, tt.now), tt.want)
		})
	}
}

// TestNestedEditStopsAnUpdate: an edit since the plan also conflicts with a change of another field.
func TestNestedEditStopsAnUpdate(t *testing.T) {
	for name, tt := range nestedEdits() {
		if tt.want == nil {
			continue // whether an update writes over it depends on the kind
		}
		t.Run(name, func(t *testing.T) {
			desired := objecttest.Desired(t, tt.addr, tt.seen)
			desired.Body[kind.Named(desired.Address.Kind).Title] = "renamed"
			p, _ := build([]*object.Object{desired}, []*object.Object{objecttest.Owned(t, "1", tt.addr, tt.seen)})
			if len(p.Changes) != 1 || p.Changes[0].Action != plan.Update {
				t.Fatalf("%q", actions(p))
			}
			wantConflict(t, &p.Changes[0], objecttest.Owned(t, "1", tt.addr, tt.now), tt.want)
		})
	}
}

func wantConflict(t *testing.T, c *plan.Change, have *object.Object, want []string) {
	t.Helper()
	conflict := c.Conflict(kind.Named(c.Address.Kind), "s", c.Before, have)
	if conflict == nil {
		if want != nil {
			t.Errorf("no conflict, want one of %q", want)
		}
		return
	}
	var got []string
	for _, e := range conflict.Edits {
		got = append(got, e.Path.String())
	}
	if conflict.Reason != plan.ConflictChanged || !slices.Equal(got, want) {
		t.Errorf("%s %q, want %q", conflict.Reason, got, want)
	}
}
