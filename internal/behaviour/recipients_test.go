package behaviour

import (
	"testing"

	"ddmon/internal/object"
	"ddmon/internal/replay"
)

func sideOf(body map[string]any) *side { return newSide("monitor.m", "", body, nil) }

func TestRecipientsHandles(t *testing.T) {
	const ok, noData, warn, alert = replay.OK, replay.NoData, replay.Warn, replay.Alert
	tests := []struct {
		message  string
		from, to replay.Status
		want     string
	}{
		{"m @a @b", ok, alert, "@a @b"},
		{"m", ok, alert, ""},
		{"{{#is_alert}}@a{{/is_alert}}{{#is_warning}}@w{{/is_warning}}", ok, alert, "@a"},
		{"{{#is_alert}}@a{{/is_alert}}{{#is_warning}}@w{{/is_warning}}", ok, warn, "@w"},
		{"{{#is_alert}}@a{{else}}@w{{/is_alert}}", ok, warn, "@w"},
		{"{{^is_alert}}@w{{/is_alert}}", ok, alert, ""},
		{"{{#is_no_data}}@n{{/is_no_data}}", alert, noData, "@n"},
		{"{{#is_alert_to_warning}}@d{{/is_alert_to_warning}}", alert, warn, "@d"},
		{"{{#is_alert_to_warning}}@d{{/is_alert_to_warning}}", ok, warn, ""},
		{"{{#is_recovery}}@r{{/is_recovery}}{{#is_renotify}}@e{{/is_renotify}}", ok, alert, ""},
		{`{{#is_match "host.name" "db"}}@db{{else}}@web{{/is_match}}`, ok, alert, "@db @web"},
		{`{{#is_priority 'P2'}}@p{{/is_priority}}{{#is_priority 'P1'}}@q{{/is_priority}}`, ok, alert, "@p"},
	}
	for _, test := range tests {
		s := newRecipients(sideOf(map[string]any{"message": test.message, "priority": 2.0}))
		if got := object.JoinGuarded(s.handles(test.from, test.to), " "); got != test.want {
			t.Errorf("%s from %s to %s: %q, want %q", test.message, test.from, test.to, got, test.want)
		}
	}
}

func TestRecipientsNotifiesOn(t *testing.T) {
	quiet := newRecipients(sideOf(map[string]any{"message": "@a"}))
	loud := newRecipients(sideOf(map[string]any{"message": "@a", "options": map[string]any{"on_missing_data": "show_and_notify_no_data"}}))
	older := newRecipients(sideOf(map[string]any{"message": "@a", "options": map[string]any{"notify_no_data": true}}))
	if quiet.Options.Notifies(replay.NoData) || !loud.Options.Notifies(replay.NoData) || !older.Options.Notifies(replay.NoData) ||
		!quiet.Options.Notifies(replay.Alert) || quiet.Options.Notifies(replay.OK) {
		t.Error("Notifies is wrong")
	}
	if !quiet.notifiedFor(replay.Warn) || quiet.notifiedFor(replay.NoData) || quiet.notifiedFor(replay.OK) {
		t.Error("notifiedFor is wrong")
	}
}

func TestFormatSeconds(t *testing.T) {
	for seconds, want := range map[int]string{0: "0s", 45: "45s", 60: "1m00s", 247: "4m07s", 3605: "1h00m05s"} {
		if got := formatSeconds(seconds); got != want {
			t.Errorf("%d: %s, want %s", seconds, got, want)
		}
	}
}
