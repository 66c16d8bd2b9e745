package replay

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"ddmon/internal/ddtest/recordingtest"
	"ddmon/internal/object"
)

// withSensitive marks values of a monitor's body as sensitive.
func withSensitive(m Monitor, paths ...string) Monitor {
	m.Sensitive = &object.Object{Body: m.Body, Sensitive: map[string][]string{}}
	for _, p := range paths {
		m.Sensitive.Sensitive[p] = []string{"v"}
	}
	return m
}

// TestRedactionByPath: the result does not contain what depends on a sensitive value, and contains everything else.
func TestRedactionByPath(t *testing.T) {
	rec := recordingtest.New(t, recordingtest.Gauge("x", "q:zulu", "1x20 73519x20 1x200"), nil)
	base := func() Monitor {
		m := query("max(last_1m):max:x{q:zulu} by {q} > 4711", "escalation_message", "again @again", "anything", true, "thresholds", map[string]any{
			"critical": json.Number("4711"), "warning": json.Number("1234"),
		})
		m.Body["name"], m.Body["message"] = "name-zulu", "say {{value}} of {{threshold}} for {{q.name}} @hook-zulu"
		m.Body["priority"] = json.Number("4")
		return m
	}
	for _, tt := range []struct {
		path            string
		redacted, shows []string
	}{
		{"name", []string{"name-zulu"}, []string{"73519", "4711", "@hook-zulu", "q:zulu"}},
		{"message", []string{"say", "@hook-zulu"}, []string{"73519", "4711", "name-zulu", "q:zulu"}},
		{"priority", []string{"[P4]"}, []string{"73519", "4711", "q:zulu", "@hook-zulu"}},
		{"query", []string{"73519", "4711", "1234", "q:zulu", "of 4711", `"\u003e"`, "60000000000"}, []string{"@hook-zulu"}},
		{"options.notify_by[0]", []string{"q:zulu", "73519"}, []string{"@hook-zulu"}},
		{"options.scheduling_options.evaluation_window.hour_starts", []string{"73519"}, []string{"@hook-zulu"}},
		{"options.anything", []string{"73519"}, []string{"@hook-zulu"}},
		{"options", []string{"73519", "q:zulu", "4711"}, []string{"@hook-zulu"}},
		{"options.evaluation_delay", nil, []string{"73519", "4711", "q:zulu", "name-zulu", "60000000000"}},
		{"options.thresholds.critical", []string{"4711"}, []string{"73519", "q:zulu", "@hook-zulu", "name-zulu"}},
		{"options.variables[0].query", []string{"73519", "4711", "q:zulu"}, []string{"@hook-zulu"}},
		{"options.escalation_message", []string{"say"}, []string{"73519", "@hook-zulu", "name-zulu"}},
		{"tags[0]", nil, []string{"73519", "4711", "@hook-zulu", "q:zulu", "name-zulu", "say"}},
	} {
		m := withSensitive(base(), tt.path)
		r, err := Run([]Monitor{m}, rec, Options{Values: true})
		if err != nil {
			t.Fatal(err)
		}
		text := written(t, r) + fmt.Sprintf("%+v", r)
		for _, hidden := range tt.redacted {
			if strings.Contains(text, hidden) {
				t.Errorf("%s: %q is in %s", tt.path, hidden, text)
			}
		}
		for _, shown := range tt.shows {
			if !strings.Contains(text, shown) {
				t.Errorf("%s: no %q in %s", tt.path, shown, text)
			}
		}
		plain, err := Run([]Monitor{base()}, rec, Options{Values: true})
		if err != nil {
			t.Fatal(err)
		}
		if written(t, r.Reveal()) != written(t, plain) {
			t.Errorf("%s: revealed is %s", tt.path, written(t, r.Reveal()))
		}
		a, b := r.Monitors[0], plain.Monitors[0]
		if history(a.Groups[0].Transitions) != history(b.Groups[0].Transitions) || len(a.Notifications) != len(b.Notifications) {
			t.Errorf("%s: times and states are not the same", tt.path)
		}
	}
}

// written returns a result as JSON.
func written(t *testing.T, r *Result) string {
	t.Helper()
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestRedactedReasons: the reason why a monitor is not evaluated can quote sensitive values, also in a composite.
func TestRedactedReasons(t *testing.T) {
	rec := recordingtest.New(t, recordingtest.Gauge("x", "q:zulu", "1x240"), nil)
	for _, q := range []string{"max(last_1m):zulu(", "avg(last_5m):zulu(avg:x{*}) > 1", "max(last_1m):max:x{zulu"} {
		member := withSensitive(query(q), "query")
		both := monitorOf("composite", "1 && 1")
		both.Address, both.ID = "monitor.both", "2"
		r, err := Run([]Monitor{member, both}, rec, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if text := written(t, r); strings.Contains(text, "zulu") || r.Monitors[0].Reason == "" || r.Monitors[1].Reason == "" {
			t.Errorf("%s: %s", q, text)
		}
	}
}

// TestRedactionInComposites: a composite has the groups and values of its members.
func TestRedactionInComposites(t *testing.T) {
	rec := recordingtest.New(t, recordingtest.Gauge("x", "q:zulu", "1x20 73519x20 1x200"), nil)
	member := withSensitive(query("max(last_1m):max:x{q:zulu} by {q} > 4711"), "query")
	both := monitorOf("composite", "1 && 1")
	both.Address, both.ID, both.Body["message"] = "monitor.both", "2", "{{a.value}} of {{q.name}} @chat"
	r, err := Run([]Monitor{member, both}, rec, Options{Values: true})
	if err != nil {
		t.Fatal(err)
	}
	if text := written(t, r); strings.Contains(text, "zulu") || strings.Contains(text, "73519") || len(r.Monitors[1].Notifications) == 0 ||
		r.Monitors[1].Notifications[0].Handles[0] != "@chat" {
		t.Error(text)
	}
	revealed := written(t, r.Reveal())
	if !strings.Contains(revealed, "73519 of zulu") {
		t.Error(revealed)
	}
}

// TestEveryFieldIsRedacted: if everything is sensitive, all fields of a result except times, statuses and the address
// are redacted. A new field of a result fails the test until it is redacted or listed here.
func TestEveryFieldIsRedacted(t *testing.T) {
	kept := []string{"Address", "Evaluated", "NoData", "At", "Earliest", "Latest", "Share", "From", "To", "Start", "Initial", "Status", "Kind", "HasValue"}
	m := withSensitive(Monitor{Body: map[string]any{}}, "name")
	all := redaction{true, true, true, true, true}
	var full MonitorResult
	fill(reflect.ValueOf(&full).Elem())
	var left []string
	remaining(reflect.ValueOf(all.redacted(full, &m)), "", func(field string) {
		if !slices.Contains(kept, field) {
			left = append(left, field)
		}
	})
	if len(left) > 0 {
		t.Errorf("not redacted: %v", left)
	}
}

// fill sets every field of a value, and gives lists one element.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			v.Set(reflect.ValueOf(time.Unix(73519, 0)))
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				fill(v.Field(i))
			}
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(v.Index(0))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem())
	case reflect.String:
		v.SetString("zulu")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Float64:
		v.SetFloat(73519)
	case reflect.Int, reflect.Int64, reflect.Int8:
		v.SetInt(1)
	case reflect.Uint8:
		v.SetUint(1)
	default:
		panic(v.Kind())
	}
}

// remaining calls report for every field that fill set and that is still set.
func remaining(v reflect.Value, field string, report func(string)) {
	switch v.Kind() {
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			report(field)
			return
		}
		for i := range v.NumField() {
			if v.Type().Field(i).IsExported() {
				remaining(v.Field(i), v.Type().Field(i).Name, report)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			remaining(v.Index(i), field, report)
		}
	case reflect.Pointer:
		if !v.IsNil() {
			remaining(v.Elem(), field, report)
		}
	case reflect.String:
		if strings.Contains(v.String(), "zulu") {
			report(field)
		}
	default:
		if !v.IsZero() {
			report(field)
		}
	}
}
