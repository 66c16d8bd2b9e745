package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/ddtest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// edits writes edits as "op path", in order.
func edits(all []plan.Edit) []string {
	out := []string{}
	for _, e := range all {
		out = append(out, string(e.Op)+" "+e.Path.String())
	}
	return out
}

func TestCompareMonitor(t *testing.T) {
	tests := []struct {
		name          string
		desired, live string
		ignore        []object.Path
		want          []string
	}{
		{
			name:    "defaults of the server are not edits",
			desired: `{"name":"n","type":"query alert","query":"avg(last_5m):avg:m{*} > 5"}`,
			live: `{"name":"n","type":"query alert","query":"avg(last_5m):avg:m{*} > 5","message":"","tags":[],"priority":null,"id":1,
				"options":{"notify_audit":false,"include_tags":true,"new_host_delay":300,"notify_no_data":false,"silenced":{}}}`,
			want: []string{},
		},
		{
			name:    "a threshold implied by the query is not an edit",
			desired: `{"name":"n","type":"query alert","query":"avg(last_5m):avg:m{*} > 5"}`,
			live:    `{"name":"n","type":"query alert","query":"avg(last_5m):avg:m{*} > 5","options":{"thresholds":{"critical":5.0}}}`,
			want:    []string{},
		},
		{
			name:    "false is an edit where the default is true",
			desired: `{"name":"n"}`,
			live:    `{"name":"n","options":{"include_tags":false}}`,
			want:    []string{"remove options.include_tags"},
		},
		{
			name:    "an option set in the UI is an edit",
			desired: `{"name":"n","options":{"thresholds":{"critical":5}}}`,
			live:    `{"name":"n","options":{"thresholds":{"critical":5.0},"renotify_interval":60}}`,
			want:    []string{"remove options.renotify_interval"},
		},
		{
			name:    "mutes, roles and unknown fields are kept",
			desired: `{"name":"n","options":{}}`,
			live:    `{"name":"n","options":{"silenced":{"*":123},"brand_new":{"a":1}},"restricted_roles":["r"],"draft_status":"draft"}`,
			want:    []string{},
		},
		{
			name:    "roles that are written are managed",
			desired: `{"name":"n","restricted_roles":["a"]}`,
			live:    `{"name":"n","restricted_roles":["b"]}`,
			want:    []string{"change restricted_roles"},
		},
		{
			name:    "tags are a set",
			desired: `{"name":"n","tags":["b","a","a"]}`,
			live:    `{"name":"n","tags":["a","b"]}`,
			want:    []string{},
		},
		{
			name:    "metric alert is query alert",
			desired: `{"name":"n","type":"metric alert"}`,
			live:    `{"name":"n","type":"query alert"}`,
			want:    []string{},
		},
		{
			name:    "white space around a message is trimmed",
			desired: `{"name":"n","message":"text\n"}`,
			live:    `{"name":"n","message":"text"}`,
			want:    []string{},
		},
		{
			name:    "numbers compare as numbers",
			desired: `{"name":"n","options":{"thresholds":{"critical":2,"warning":1e0}}}`,
			live:    `{"name":"n","options":{"thresholds":{"critical":2.0,"warning":1}}}`,
			want:    []string{},
		},
		{
			name:    "an ignored path is not an edit",
			desired: `{"name":"n","message":"a","options":{"thresholds":{"critical":1,"warning":2}}}`,
			live:    `{"name":"n","message":"b","options":{"thresholds":{"critical":3,"warning":4}}}`,
			ignore:  []object.Path{{"message"}, {"options", "thresholds", "warning"}},
			want:    []string{"change options.thresholds.critical"},
		},
		{
			name:    "timeout_h 0, as kennel and the UI write it, means no timeout",
			desired: `{"name":"n","options":{"timeout_h":0}}`,
			live:    `{"name":"n","options":{}}`,
			want:    []string{},
		},
		{
			name:    "a removed attribute is cleared",
			desired: `{"name":"n"}`,
			live:    `{"name":"n","message":"m","priority":2,"tags":["a"]}`,
			want:    []string{"remove message", "remove priority", "remove tags"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			k := kind.Named("monitor")
			_, got, _ := plan.Compare(k, ddtest.Object(t, test.desired), ddtest.Object(t, test.live), test.ignore)
			if d := cmp.Diff(test.want, edits(got)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestCompareBodyToWrite(t *testing.T) {
	desired := ddtest.Object(t, `{"name":"n","options":{"thresholds":{"critical":1}}}`)
	live := ddtest.Object(t, `{"id":7,"name":"n","message":"gone","tags":["gone"],"options":{"thresholds":{"critical":2.0},
		"silenced":{"*":99},"brand_new":true,"notify_audit":false},"restricted_roles":["r"],"multi":false}`)
	after, _, notes := plan.Compare(kind.Named("monitor"), desired, live, nil)
	// An update keeps top-level keys that it leaves out, so a removed key is sent empty and a kept one is not sent. It
	// replaces options as a whole, so kept options are sent.
	want := ddtest.Object(t, `{"name":"n","message":"","tags":[],"options":{"thresholds":{"critical":1},"silenced":{"*":99},"brand_new":true}}`)
	if d := cmp.Diff(want, after); d != "" {
		t.Error(d)
	}
	if len(notes) != 1 || notes[0].Path.String() != "options.brand_new" {
		t.Errorf("notes = %v, want one on options.brand_new", notes)
	}
}

func TestCompareDashboard(t *testing.T) {
	const a, b, c = `{"definition":{"type":"note","content":"a"}}`,
		`{"definition":{"type":"timeseries","title":"b","requests":[{"q":"avg:m{*}"}]}}`,
		`{"definition":{"type":"timeseries","title":"c","requests":[{"q":"avg:m{*}"}]}}`
	withID := func(widget, id string) string { return `{"id":` + id + `,` + widget[1:] }
	dashboard := func(widgets ...string) string {
		list := ""
		for i, w := range widgets {
			if i > 0 {
				list += ","
			}
			list += w
		}
		return `{"title":"t","layout_type":"ordered","widgets":[` + list + `]}`
	}
	tests := []struct {
		name          string
		desired, live string
		want          []string
	}{
		{"the same", dashboard(a, b), dashboard(withID(a, "1"), withID(b, "2")), []string{}},
		{"one inserted", dashboard(a, b, c), dashboard(b, c), []string{"add widgets[0]"}},
		{"one removed", dashboard(b, c), dashboard(a, b, c), []string{"remove widgets[0]"}},
		{"two swapped", dashboard(c, b), dashboard(b, c), []string{"move widgets[0]"}},
		{
			"one edited and moved", dashboard(c, `{"definition":{"type":"timeseries","title":"b","requests":[{"q":"max:m{*}"}]}}`),
			dashboard(b, c), []string{"move widgets[0]", "change widgets[1].definition.requests[0].q"},
		},
		{
			"one replaced", dashboard(a, c), dashboard(a, `{"definition":{"type":"image","url":"u","sizing":"fit","margin":"sm"}}`),
			[]string{"add widgets[1]", "remove widgets[1]"},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, got, _ := plan.Compare(kind.Named("dashboard"), ddtest.Object(t, test.desired), ddtest.Object(t, test.live), nil)
			if d := cmp.Diff(test.want, edits(got)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestCompareKeepsWidgetIDs(t *testing.T) {
	desired := ddtest.Object(t, `{"title":"t","layout_type":"ordered","widgets":[
		{"definition":{"type":"note","content":"new"}},
		{"definition":{"type":"note","content":"old"}}]}`)
	live := ddtest.Object(t, `{"title":"t","layout_type":"ordered","widgets":[{"id":5,"definition":{"type":"note","content":"old"}}]}`)
	after, _, _ := plan.Compare(kind.Named("dashboard"), desired, live, nil)
	want := ddtest.Object(t, `{"title":"t","layout_type":"ordered","widgets":[
		{"definition":{"type":"note","content":"new"}},
		{"id":5,"definition":{"type":"note","content":"old"}}]}`)
	if d := cmp.Diff(want, after); d != "" {
		t.Error(d)
	}
}

// TestCompareLaws: comparing a body with itself gives no edits, and neither does comparing a body with the live object
// after it was written.
func TestCompareLaws(t *testing.T) {
	bodies := []string{
		`{"name":"n","type":"query alert","query":"avg(last_5m):avg:m{*} > 5","tags":["a","b"],"priority":3}`,
		`{"name":"n","type":"query alert","query":"avg(last_5m):avg:m{*} > 6","options":{"include_tags":false,"unknown":1}}`,
		`{"name":"x","type":"composite","query":"1 && 2","options":{"silenced":{"*":1}},"restricted_roles":["r"]}`,
		`{}`,
	}
	k := kind.Named("monitor")
	for _, x := range bodies {
		for _, y := range bodies {
			desired, live := ddtest.Object(t, x), ddtest.Object(t, y)
			if _, got, _ := plan.Compare(k, desired, desired, nil); len(got) > 0 {
				t.Errorf("Compare(%s, itself) = %v", x, edits(got))
			}
			after, _, _ := plan.Compare(k, desired, live, nil)
			if _, again, _ := plan.Compare(k, desired, merged(live, after), nil); len(again) > 0 {
				t.Errorf("%s over %s: after the update there is still %v", x, y, edits(again))
			}
		}
	}
}

// merged returns the object after an update: top-level keys that the update leaves out keep their values.
func merged(live, update map[string]any) map[string]any {
	out := map[string]any{}
	for k, v := range live {
		out[k] = v
	}
	for k, v := range update {
		out[k] = v
	}
	return out
}

// TestClearedFields: an update that leaves out a field keeps its value, so a removed field is sent with the value that
// clears it: null where Datadog accepts it, else the default or an empty value.
func TestClearedFields(t *testing.T) {
	for _, tt := range []struct {
		kind, desired, field, live string
		want                       any
	}{
		{"monitor", simple, "priority", "2", nil},
		{"monitor", simple, "message", `"m"`, ""},
		{"monitor", simple, "tags", `["a:b"]`, []any{}},
	} {
		live := ddtest.Object(t, strings.Replace(tt.desired, "{", `{"`+tt.field+`":`+tt.live+`,`, 1))
		after, got, _ := plan.Compare(kind.Named(tt.kind), ddtest.Object(t, tt.desired), live, nil)
		cleared, sent := after[tt.field]
		if !sent || !object.Equal(cleared, tt.want) || !slices.Equal(edits(got), []string{"remove " + tt.field}) {
			t.Errorf("%s: sends %#v (%v), %q", tt.field, cleared, sent, edits(got))
		}
	}
}

// TestSimilarWidgets: a widget of which at most half differs is edited; one of which more differs is replaced.
func TestSimilarWidgets(t *testing.T) {
	widget := func(values ...string) map[string]any {
		definition := ""
		for i, key := range []string{"content", "background_color", "font_size", "text_align", "tick_pos"}[:len(values)] {
			definition += fmt.Sprintf(",%q:%q", key, values[i])
		}
		return ddtest.Object(t, `{"title":"t","layout_type":"ordered","widgets":[{"definition":{"type":"note"`+definition+`}}]}`)
	}
	for _, tt := range []struct {
		desired, live map[string]any
		similar       bool
	}{
		{widget("a"), widget("b"), true}, // a single difference is an edit
		{widget("a", "pink", "16"), widget("b", "gray", "16"), true},
		{widget("a", "pink", "16"), widget("b", "gray", "18"), false},
		{widget("a", "pink", "16", "right", "30%"), widget("b", "gray", "18", "right", "30%"), true},
		{widget("a", "pink", "16", "right", "30%"), widget("b", "gray", "18", "center", "30%"), false},
	} {
		_, got, _ := plan.Compare(kind.Named("dashboard"), tt.desired, tt.live, nil)
		found := edits(got)
		if replaced := slices.Equal(found, []string{"add widgets[0]", "remove widgets[0]"}); replaced == tt.similar {
			t.Errorf("%v, live %v: %q", tt.desired["widgets"], tt.live["widgets"], found)
		}
	}
}
