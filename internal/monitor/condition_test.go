package monitor

import (
	"slices"
	"testing"

	"ddmon/internal/ddquery"
)

// TestWhen: When returns the documented events of each condition.
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
		set, certain := When(name)
		if known, ok := want[name]; ok != certain || certain && set != known || !certain && set != AllEvents {
			t.Errorf("%s: events %b, certain %v", name, set, certain)
		}
	}
	if len(want)+3 != len(Conditions()) {
		t.Errorf("%d conditions", len(Conditions()))
	}
}

// templateData is the data of a message about a group. known is false without a group.
type templateData struct {
	priority string
	tags     map[string]string
	known    bool
}

func (d templateData) PriorityLabel() string { return d.priority }

func (d templateData) TemplateVariable(path string) (string, bool) { return d.tags[path], d.known }

// TestHandles: the conditions around a handle determine which events notify it.
func TestHandles(t *testing.T) {
	group := templateData{priority: "P2", tags: map[string]string{"host.name": "web-1"}, known: true}
	noGroup := templateData{priority: "P2"}
	alert, warned, recovered := Event{From: OK, To: Alert}, Event{From: Alert, To: Warn}, Event{From: Warn, To: OK}
	again := Event{From: Alert, To: Alert, Renotify: true}
	for _, test := range []struct {
		message string
		event   Event
		data    templateData
		want    []string
	}{
		{"@a {{#is_alert}}@b{{else}}@c{{/is_alert}} {{^is_alert}}@d{{/is_alert}}", alert, group, []string{"@a", "@b"}},
		{"@a {{#is_alert}}@b{{else}}@c{{/is_alert}} {{^is_alert}}@d{{/is_alert}}", recovered, group, []string{"@a", "@c", "@d"}},
		{"{{^is_alert}}@a{{else}}@b{{/is_alert}}", alert, group, []string{"@b"}},
		{"{{#is_alert}}{{#is_renotify}}@a{{/is_renotify}}{{/is_alert}}", again, group, []string{"@a"}},
		{"{{#is_warning}}@a{{/is_warning}}{{#is_alert_to_warning}}@b{{/is_alert_to_warning}}", warned, group, []string{"@a", "@b"}},
		{"{{#is_warning_recovery}}@a{{/is_warning_recovery}}{{#is_alert_recovery}}@b{{/is_alert_recovery}}", recovered, group, []string{"@a"}},
		{`{{#is_match "host.name" "web"}}@a{{else}}@b{{/is_match}}`, alert, group, []string{"@a"}},
		{`{{#is_match "host.name" "web"}}@a{{else}}@b{{/is_match}}`, alert, noGroup, []string{"@a", "@b"}},
		{`{{#is_exact_match "host.name" "web"}}@a{{/is_exact_match}}`, alert, group, nil},
		{`{{#is_exact_match "pod.name" ""}}@a{{/is_exact_match}}`, alert, group, []string{"@a"}},
		{`{{#is_match "host.name"}}@a{{/is_match}}{{#is_match}}@b{{/is_match}}`, alert, group, nil},
		{"{{#is_priority 'p2'}}@a{{else}}@b{{/is_priority}}", alert, noGroup, []string{"@a"}},
		{"{{#is_priority ''}}@a{{/is_priority}}", alert, templateData{}, nil},
		{"{{#is_strange}}@a{{else}}@b{{/is_strange}}{{^is_strange}}@c{{/is_strange}}", alert, group, []string{"@b", "@c"}},
		{"{{#is_alert}}@a", alert, group, []string{"@a"}},
	} {
		if got := ParseMessage(test.message).Handles(test.event, test.data); !slices.Equal(got, test.want) {
			t.Errorf("%s at %v: got %v, want %v", test.message, test.event, got, test.want)
		}
	}
}

// TestShownMatchesWhen: Shown and When agree for all conditions and events.
func TestShownMatchesWhen(t *testing.T) {
	for i, e := range examples {
		for _, name := range Conditions() {
			b := &ddquery.TemplateBlock{Name: &ddquery.Ident{Name: name}}
			set, certain := When(name)
			if body, _ := Shown(b, e, templateData{}); certain && body != (set&(1<<i) != 0) {
				t.Errorf("%s at %v: %v", name, e, body)
			}
		}
	}
}
