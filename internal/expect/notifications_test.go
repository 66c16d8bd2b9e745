package expect

import (
	"testing"
	"time"

	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/testfile"
)

// sentAt returns a notification of an alert, or of a recovery, at a minute past ten.
func sentAt(minute int, kind replay.Kind, group string, handles ...string) replay.Notification {
	n := replay.Notification{
		At: time.Date(2025, 11, 9, 10, minute, 0, 0, time.UTC), Kind: kind, From: replay.OK, To: replay.Alert, Group: group, Handles: handles,
	}
	if kind == replay.KindRecovery {
		n.From, n.To = replay.Alert, replay.OK
	}
	return n
}

// alarms is a multi alert by queue and host. Two groups alert, one of them twice. Notifications are grouped by queue.
func alarms() *replay.Result {
	twice := []replay.Transition{
		moved(replay.OK, replay.Alert, "10:00", "10:00", 1), moved(replay.Alert, replay.OK, "15:00", "15:00", 1),
		moved(replay.OK, replay.Alert, "25:00", "25:00", 1),
	}
	start := time.Date(2025, 11, 9, 10, 0, 0, 0, time.UTC)
	return &replay.Result{Monitors: []replay.MonitorResult{{
		Address: "monitor.m", Evaluated: true,
		Groups: []replay.GroupResult{
			{Group: "host:a,queue:x", Tags: []string{"host:a", "queue:x"}, Start: start, Initial: replay.OK, Transitions: twice},
			{Group: "host:a,queue:y", Tags: []string{"host:a", "queue:y"}, Start: start, Initial: replay.OK, Transitions: twice[2:]},
		},
		Notifications: []replay.Notification{
			sentAt(10, replay.KindAlert, "queue:x", "@first"),
			sentAt(15, replay.KindRecovery, "queue:x", "@fine"),
			sentAt(25, replay.KindAlert, "queue:x", "@again"),
			sentAt(25, replay.KindAlert, "queue:y", "@other"),
			sentAt(28, replay.KindRenotify, "queue:x", "@boss"),
			sentAt(29, replay.KindAlert, "*", "@everything"),
		},
	}}}
}

// TestNotifications: the recipients of a status are those notified when the selected groups reach it.
func TestNotifications(t *testing.T) {
	x, y := []string{"host:a", "queue:x"}, []string{"host:a", "queue:y"}
	alert, at := testfile.StatusAlert, &testfile.RecordingTime{Text: "10:28:30"}
	cases := []struct {
		name   string
		expect testfile.Expect
		want   []string
	}{
		{"whole recording", testfile.Expect{}, []string{"@again", "@boss", "@everything", "@fine", "@first", "@other"}},
		{"whole recording, one group", testfile.Expect{Group: y}, []string{"@everything", "@other"}},
		{"status", testfile.Expect{Status: alert}, []string{"@again", "@everything", "@first", "@other"}},
		{"status after a phase", testfile.Expect{Status: alert, After: "incident_start", Group: x}, []string{"@again", "@everything"}},
		{"status at a time", testfile.Expect{Status: alert, At: at, Group: x}, []string{"@again"}},
		{"status at an earlier time", testfile.Expect{Status: alert, At: &testfile.RecordingTime{Text: "10:12:00"}, Group: x}, []string{"@first"}},
		{"status at a time, all groups", testfile.Expect{Status: alert, At: at}, []string{"@again", "@other"}},
		{"recovery", testfile.Expect{Status: testfile.StatusOK, At: &testfile.RecordingTime{Text: "10:16:00"}, Group: x}, []string{"@fine"}},
	}
	address := object.Address{Kind: "monitor", Name: "m"}
	for _, c := range cases {
		c.expect.Monitors, c.expect.NotifiesOnly = []object.Address{address}, c.want
		if got := describe(failing(Compare(testfile.Test{Expects: []testfile.Expect{c.expect}}, hour(), alarms()))); got != "" {
			t.Errorf("%s: %s", c.name, got)
		}
		c.expect.NotifiesOnly = append(c.want[1:len(c.want):len(c.want)], "@unused")
		if got := failing(Compare(testfile.Test{Expects: []testfile.Expect{c.expect}}, hour(), alarms())); len(got) != 1 || got[0].Attribute != "notifies_only" {
			t.Errorf("%s: other recipients pass: %s", c.name, describe(got))
		}
	}
}

// TestIncident: an incident is detected if recipients are notified of a new problem in time, at every second.
func TestIncident(t *testing.T) {
	cases := []struct {
		name  string
		sent  replay.Notification
		share float64
		want  bool
	}{
		{"in time", sentAt(22, replay.KindAlert, "*", "@a"), 1, true},
		{"just after", sentAt(35, replay.KindAlert, "*", "@a"), 1, true},
		{"too early", sentAt(19, replay.KindAlert, "*", "@a"), 1, false},
		{"too late", sentAt(36, replay.KindAlert, "*", "@a"), 1, false},
		{"no recipients", sentAt(22, replay.KindAlert, "*"), 1, false},
		{"renotified", sentAt(22, replay.KindRenotify, "*", "@a"), 1, false},
		{"notified of the recovery", sentAt(22, replay.KindRecovery, "*", "@a"), 1, false},
		{"at some seconds", sentAt(22, replay.KindAlert, "*", "@a"), 0.5, false},
	}
	for _, c := range cases {
		m := replay.MonitorResult{Address: "monitor.m", Evaluated: true, Notifications: []replay.Notification{c.sent}, Groups: []replay.GroupResult{{
			Group: "*", Transitions: []replay.Transition{{From: c.sent.From, To: c.sent.To, At: c.sent.At, Share: c.share}},
		}}}
		in := incident(hour(), &replay.Result{Monitors: []replay.MonitorResult{m}})
		if got := len(in.DetectedBy) > 0; got != c.want {
			t.Errorf("%s: %v", c.name, in.DetectedBy)
		}
	}
}

// TestNoMessage: a failed message_contains says whether the monitor notifies no one, or someone else.
func TestNoMessage(t *testing.T) {
	alert := testfile.Expect{Status: "Alert"}
	for want, c := range map[string]struct {
		expect     testfile.Expect
		sent       []replay.Notification
		recipients []string
	}{
		"the monitor sends no notification in this recording":             {},
		"the monitor sends no notification when its status becomes Alert": {expect: alert},
		"its notifications have no recipients":                            {alert, []replay.Notification{{}, {}}, []string{"@a"}},
		"notifies @b, @c, not @a or @d":                                   {alert, []replay.Notification{{}, {Handles: []string{"@c", "@b"}}}, []string{"@a", "@d"}},
	} {
		if got := (&assertion{Expect: &c.expect}).noMessage(c.sent, c.recipients); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
