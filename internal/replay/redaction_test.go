package replay

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

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
		m := query("max(last_1m):max:x{q:zulu} by {q} > 4711", "escalation_message", "again @again", "thresholds", map[string]any{
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
		{"query", []string{"73519", "4711", "1234", "q:zulu", "of 4711", `"\u003e"`}, []string{"@hook-zulu"}},
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
