package expect

import (
	"maps"
	"strings"
	"testing"

	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// TestMutateSkipsFailingTests: a test that fails without the change notices no mutant.
func TestMutateSkipsFailingTests(t *testing.T) {
	stack := loaded(t, "test \"fails\" {\n  recording = \"rec\"\n  expect \"monitor.depth\" { never = \"Alert\" }\n}\n")
	for _, m := range Mutate(stack.Objects, Run(stack.Tests, series.Load, Options{}), Options{}) {
		if m.Verdict == Detected {
			t.Errorf("%+v", m)
		}
	}
}

// TestMutateVariants: a test with its own variables checks the monitor with those variables.
func TestMutateVariants(t *testing.T) {
	stack := loaded(t, "test \"lower\" {\n  recording = \"rec\"\n  variables = { limit = 30 }\n  expect \"monitor.depth\" { status = \"Alert\" }\n}\n")
	detected := map[string]bool{}
	for _, m := range Mutate(stack.Objects, Run(stack.Tests, series.Load, Options{}), Options{}) {
		if m.Address == "monitor.depth" && m.Field == "critical" {
			detected[m.From+" "+m.To] = m.Verdict == Detected
		}
	}
	// The depth reaches 36.5: it exceeds a threshold of 31 but not of 60.
	if detected["10 11"] || !detected["10 20"] || detected["10 8"] {
		t.Error(detected)
	}
}

// TestMutateWindowTooLong: a window longer than the recording has no effect, because the monitor is never evaluated.
func TestMutateWindowTooLong(t *testing.T) {
	stack := loaded(t, "test \"t\" {\n  recording = \"rec\"\n  expect \"monitor.quiet\" { never = \"Alert\" }\n}\n")
	tests := stack.Tests
	var quiet *object.Object
	for i, o := range tests[0].Objects {
		if o.Address.Name == "quiet" {
			changed, body := *o, maps.Clone(o.Body)
			body["query"] = strings.Replace(body["query"].(string), "last_1m", "last_45m", 1)
			changed.Body = body
			quiet, tests[0].Objects[i] = &changed, &changed
		}
	}
	found := false
	for _, m := range Mutate([]*object.Object{quiet}, Run(tests, series.Load, Options{}), Options{}) {
		if m.Field == "window" && m.To == "last_90m" {
			found = true
			if m.Verdict != Unrecorded {
				t.Errorf("%+v", m)
			}
		}
	}
	if !found {
		t.Error("no mutant with a doubled window")
	}
}

// TestSameBehaviour: differences visible to a user or a test count, different values do not.
func TestSameBehaviour(t *testing.T) {
	with := func(change func(*replay.MonitorResult)) *replay.MonitorResult {
		m := &alarms().Monitors[0]
		change(m)
		return m
	}
	as := alarms().Monitors[0]
	if !sameBehaviour(&as, with(func(m *replay.MonitorResult) { m.Groups[0].Transitions[0].Value = 7; m.Notifications[0].Message = "7" })) {
		t.Error("values make a difference")
	}
	changes := map[string]func(*replay.MonitorResult){
		"evaluated":   func(m *replay.MonitorResult) { m.Evaluated = false },
		"groups":      func(m *replay.MonitorResult) { m.Groups = m.Groups[:1] },
		"initial":     func(m *replay.MonitorResult) { m.Groups[0].Initial = replay.NoData },
		"transitions": func(m *replay.MonitorResult) { m.Groups[0].Transitions[0].To = replay.Warn },
		"earliest":    func(m *replay.MonitorResult) { m.Groups[0].Transitions[0].Earliest = as.Groups[0].Start },
		"latest":      func(m *replay.MonitorResult) { m.Groups[0].Transitions[0].Latest = as.Groups[0].Start },
		"share":       func(m *replay.MonitorResult) { m.Groups[0].Transitions[0].Share = 0.9 },
		"elsewhere": func(m *replay.MonitorResult) {
			m.Groups[0].Elsewhere = []replay.Transition{moved(replay.OK, replay.Alert, "40:00", "40:00", 0.1)}
		},
		"kind":    func(m *replay.MonitorResult) { m.Notifications[0].Kind = replay.KindWarn },
		"handles": func(m *replay.MonitorResult) { m.Notifications[0].Handles = nil },
		"number":  func(m *replay.MonitorResult) { m.Notifications = m.Notifications[1:] },
	}
	for name, change := range changes {
		if sameBehaviour(&as, with(change)) {
			t.Errorf("%s makes no difference", name)
		}
	}
	if sameBehaviour(&as, nil) || !sameBehaviour(nil, nil) {
		t.Error("a missing monitor equals a monitor")
	}
}

// TestComposites: a composite is replayed with its members, found by address or by id, and is affected by their
// changes.
func TestComposites(t *testing.T) {
	part := func(name string) *object.Address { return &object.Address{Kind: "monitor", Name: name} }
	all := []replay.Monitor{
		{Address: "monitor.a", ID: "11", Body: map[string]any{"type": "query alert"}},
		{Address: "monitor.b", Body: map[string]any{"type": "query alert"}},
		{Address: "monitor.c", Body: map[string]any{"type": "query alert"}},
		{Address: "monitor.by_address", Body: map[string]any{"type": "composite", "query": object.Text{{Ref: part("b")}, {Literal: " && "}, {Ref: part("a")}}}},
		{Address: "monitor.by_id", Body: map[string]any{"type": "composite", "query": "11 && !12"}},
	}
	names := func(list []replay.Monitor) string {
		var text []string
		for _, m := range list {
			text = append(text, strings.TrimPrefix(m.Address, "monitor."))
		}
		return strings.Join(text, " ")
	}
	for address, want := range map[string]string{"monitor.c": "c", "monitor.by_address": "a b by_address", "monitor.by_id": "a by_id"} {
		if got := names(withMembers([]string{address}, all)); got != want {
			t.Errorf("%s with members: %s", address, got)
		}
	}
	for address, want := range map[string]string{"monitor.a": "monitor.by_address monitor.by_id", "monitor.b": "monitor.by_address", "monitor.c": ""} {
		if got := strings.Join(composites(address, all), " "); got != want {
			t.Errorf("composites of %s: %s", address, got)
		}
	}
	dashboards := []*object.Object{{Address: object.Address{Kind: "dashboard", Name: "d"}}, {Address: *part("m"), ID: "7"}}
	if got := Monitors(dashboards); len(got) != 1 || got[0].Address != "monitor.m" || got[0].ID != "7" {
		t.Errorf("%+v", got)
	}
	if testfile.StatusAlert != replay.Alert.String() || testfile.StatusNoData != replay.NoData.String() {
		t.Error("the names of statuses differ")
	}
}
