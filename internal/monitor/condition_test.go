package monitor

import (
	"slices"
	"testing"

	"ddmon/internal/ddquery"
)

// TestWhen: what the linter knows of a condition is what a message shows, event by event.
func TestWhen(t *testing.T) {
	want := map[string]Events{
		"is_alert":            OnAlert | OnRenotifyAlert,
		"is_alert_recovery":   OnAlertRecovery,
		"is_warning":          OnWarning | OnAlertToWarning | OnRenotifyWarning,
		"is_warning_recovery": OnWarningRecovery,
		"is_recovery":         OnAlertRecovery | OnWarningRecovery | OnNoDataRecovery,
		"is_no_data":          OnNoData | OnRenotifyNoData,
		"is_no_data_recovery": OnNoDataRecovery,
		"is_alert_to_warning": OnAlertToWarning,
		"is_renotify":         Renotifications,
		"is_unknown":          OnUnknown,
	}
	for _, name := range Conditions() {
		set, sure := When(name)
		if known, ok := want[name]; ok != sure || sure && set != known || !sure && set != Always {
			t.Errorf("%s holds at %b, sure %v", name, set, sure)
		}
	}
	if len(want)+3 != len(Conditions()) {
		t.Errorf("%d conditions", len(Conditions()))
	}
}

// facts are those of a message about a group, or of none where known is false.
type facts struct {
	priority string
	tags     map[string]string
	known    bool
}

func (f facts) PriorityLabel() string { return f.priority }

func (f facts) TemplateVariable(path string) (string, bool) { return f.tags[path], f.known }

// TestHandles: who is notified at an event, by the conditions around them.
func TestHandles(t *testing.T) {
	group := facts{priority: "P2", tags: map[string]string{"host.name": "web-1"}, known: true}
	nowhere := facts{priority: "P2"}
	alert, warned, recovered := Event{From: OK, To: Alert}, Event{From: Alert, To: Warn}, Event{From: Warn, To: OK}
	again := Event{From: Alert, To: Alert, Renotify: true}
	for _, test := range []struct {
		message string
		event   Event
		facts   facts
		want    []string
	}{
		{"@a {{#is_alert}}@b{{else}}@c{{/is_alert}} {{^is_alert}}@d{{/is_alert}}", alert, group, []string{"@a", "@b"}},
		{"@a {{#is_alert}}@b{{else}}@c{{/is_alert}} {{^is_alert}}@d{{/is_alert}}", recovered, group, []string{"@a", "@c", "@d"}},
		{"{{^is_alert}}@a{{else}}@b{{/is_alert}}", alert, group, []string{"@b"}},
		{"{{#is_alert}}{{#is_renotify}}@a{{/is_renotify}}{{/is_alert}}", again, group, []string{"@a"}},
		{"{{#is_warning}}@a{{/is_warning}}{{#is_alert_to_warning}}@b{{/is_alert_to_warning}}", warned, group, []string{"@a", "@b"}},
		{"{{#is_warning_recovery}}@a{{/is_warning_recovery}}{{#is_alert_recovery}}@b{{/is_alert_recovery}}", recovered, group, []string{"@a"}},
		{`{{#is_match "host.name" "web"}}@a{{else}}@b{{/is_match}}`, alert, group, []string{"@a"}},
		{`{{#is_match "host.name" "web"}}@a{{else}}@b{{/is_match}}`, alert, nowhere, []string{"@a", "@b"}},
		{`{{#is_exact_match "host.name" "web"}}@a{{/is_exact_match}}`, alert, group, nil},
		{`{{#is_exact_match "pod.name" ""}}@a{{/is_exact_match}}`, alert, group, []string{"@a"}},
		{`{{#is_match "host.name"}}@a{{/is_match}}{{#is_match}}@b{{/is_match}}`, alert, group, nil},
		{"{{#is_priority 'p2'}}@a{{else}}@b{{/is_priority}}", alert, nowhere, []string{"@a"}},
		{"{{#is_priority ''}}@a{{/is_priority}}", alert, facts{}, nil},
		{"{{#is_strange}}@a{{else}}@b{{/is_strange}}{{^is_strange}}@c{{/is_strange}}", alert, group, []string{"@b", "@c"}},
		{"{{#is_alert}}@a", alert, group, []string{"@a"}},
	} {
		if got := ReadMessage(test.message).Handles(test.event, test.facts); !slices.Equal(got, test.want) {
			t.Errorf("%s at %v: %v, not %v", test.message, test.event, got, test.want)
		}
	}
}

// TestEveryEventIsPossible: a set of events, and what decides them one by one, agree for any condition.
func TestEveryEventIsPossible(t *testing.T) {
	for i, e := range examples {
		for _, name := range Conditions() {
			b := &ddquery.TemplateBlock{Name: &ddquery.Ident{Name: name}}
			set, sure := When(name)
			if body, _ := Shown(b, e, facts{}); sure && body != (set&(1<<i) != 0) {
				t.Errorf("%s at %v: %v", name, e, body)
			}
		}
	}
}
