package monitor

import (
	"slices"
	"testing"
)

// TestParseMessage: the events of recipients, and the branches that are never shown.
func TestParseMessage(t *testing.T) {
	m := ParseMessage("{{#is_alert}}@a{{#is_warning}}x{{#is_no_data}}@b{{/is_no_data}}{{/is_warning}}{{else}}@c{{/is_alert}} @d {{#is_strange}}@e{{/is_strange}}")
	sent := OnAlert | OnAlertRecovery
	if got := m.Notified(sent); got != sent {
		t.Errorf("notified on %b", got)
	}
	var when []Events
	for _, r := range m.Recipients {
		when = append(when, sent&r.When())
	}
	if want := []Events{OnAlert, 0, OnAlertRecovery, sent, sent}; !slices.Equal(when, want) {
		t.Errorf("got recipients at %b, want %b", when, want)
	}
	never := m.NeverShown(sent)
	if len(never) != 1 || never[0].Block.Name.Name != "is_warning" || !never[0].Notifies {
		t.Errorf("%d branches are never shown", len(never))
	}
	if never := m.NeverShown(0); never != nil {
		t.Error("a message that is never sent must not report branches")
	}
}

// TestEvents: the events for which monitors send their message and escalation message.
func TestEvents(t *testing.T) {
	for _, test := range []struct {
		typ              string
		options          Options
		sent, escalation Events
	}{
		{"query alert", Options{}, OnAlert | OnAlertRecovery, 0},
		{"query alert", Options{Thresholds: Thresholds{Warning: opt(1.0)}},
			OnAlert | OnAlertRecovery | OnWarning | OnAlertToWarning | OnWarningRecovery, 0},
		{"query alert", Options{Thresholds: Thresholds{Dynamic: true}},
			OnAlert | OnAlertRecovery | OnWarning | OnAlertToWarning | OnWarningRecovery, 0},
		{"query alert", Options{OnMissingData: "show_no_data", NotifyNoData: opt(true)}, OnAlert | OnAlertRecovery | OnNoDataRecovery, 0},
		{"query alert", Options{NotifyNoData: opt(true)}, OnAlert | OnAlertRecovery | OnNoData | OnNoDataRecovery, 0},
		{"query alert", Options{RenotifyInterval: opt(10.0)}, OnAlert | OnAlertRecovery | OnRenotifyAlert, 0},
		{"query alert", Options{RenotifyInterval: opt(10.0), EscalationMessage: "@manager"}, OnAlert | OnAlertRecovery, OnRenotifyAlert},
		{"query alert", Options{RenotifyInterval: opt(0.0), EscalationMessage: "@manager"}, OnAlert | OnAlertRecovery, 0},
		{"query alert", Options{RenotifyInterval: opt(10.0), OnMissingData: "show_and_notify_no_data", CustomSchedule: true}, OnAlert | OnNoData, 0},
		{"service check", Options{RenotifyInterval: opt(10.0), OnMissingData: "show_and_notify_no_data"}, AllEvents &^ OnRenotifyWarning, 0},
	} {
		m := &Monitor{Type: test.typ, Options: test.options}
		if sent, escalation := m.Sent(); sent != test.sent || escalation != test.escalation {
			t.Errorf("%s %+v: %b and %b", test.typ, test.options, sent, escalation)
		}
	}
}

// TestNotified: each recipient with the events that notify it, and why a condition is never true.
func TestNotified(t *testing.T) {
	m := &Monitor{Type: "query alert", Options: Options{RenotifyInterval: opt(10.0), EscalationMessage: "{{#is_alert}}@boss{{/is_alert}}"}}
	var got []Events
	for _, n := range m.Notified(ParseMessage("@a {{#is_warning}}@b{{/is_warning}} {{#is_match \"host\" \"x\"}}@c{{/is_match}}"), ParseMessage(m.Options.EscalationMessage)) {
		if got = append(got, n.On); n.Escalation != (n.Raw == "@boss") {
			t.Error(n.Raw)
		}
	}
	all := OnAlert | OnAlertRecovery
	if want := []Events{all, 0, all, OnRenotifyAlert}; !slices.Equal(got, want) {
		t.Errorf("got %b, want %b", got, want)
	}
	for condition, want := range map[string]NeverSent{
		"is_alert": MaySend, "is_match": MaySend, "is_renotify": MaySend, "is_warning": NoWarningThreshold, "is_alert_to_warning": NoWarningThreshold,
		"is_no_data": NoMissingData, "is_no_data_recovery": NoMissingData, "is_unknown": NotServiceCheck,
	} {
		if got := m.NeverTrue(condition); got != want {
			t.Errorf("%s: %d, want %d", condition, got, want)
		}
	}
	for _, cluster := range []struct {
		query string
		warns bool
	}{{`"a".over("*").by("*").last(1).pct_by_status()`, false}, {`"a".over("*").by("*").last(1).count_by_status()`, true}} {
		if m := (&Monitor{Type: "service check", Query: cluster.query}); m.CanWarn() != cluster.warns {
			t.Errorf("%s without a warning threshold can warn: %v", cluster.query, m.CanWarn())
		}
	}
}

func TestHandlesOfMessage(t *testing.T) {
	if got := Handles("@b {{#is_alert}}@a @b{{/is_alert}} a@b.c"); !slices.Equal(got, []string{"@b", "@a"}) {
		t.Error(got)
	}
}
