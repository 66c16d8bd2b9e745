package report

import (
	"testing"
	"time"

	"ddmon/internal/object"
	"ddmon/internal/render/safe"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// incident is a recording from 12:00:00 to 13:00:00 whose incident starts at 12:10:00.
func incident(phases ...series.Phase) *series.Recording {
	start := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	return &series.Recording{Name: "r", Location: time.UTC, Start: start.UnixMilli(), End: start.Add(time.Hour).UnixMilli(), Phases: phases}
}

func incidentStart() series.Phase {
	return series.Phase{Name: "incident_start", At: time.Date(2026, 1, 1, 12, 10, 0, 0, time.UTC).UnixMilli()}
}

// alerting is a monitor that changes to a status some seconds after 12:00:00, seen by a share of the phases from 59
// seconds earlier.
func alerting(name string, seconds int, to replay.Status, share float64, handles ...string) replay.MonitorResult {
	at := time.Date(2026, 1, 1, 12, 0, seconds, 0, time.UTC)
	return replay.MonitorResult{
		Address: "monitor." + name, Evaluated: true,
		Groups: []replay.GroupResult{{Group: "*", Initial: replay.OK, Transitions: []replay.Transition{
			{From: replay.OK, To: to, At: at.Add(-30 * time.Second), Earliest: at.Add(-59 * time.Second), Latest: at, Share: share},
		}}},
		Notifications: []replay.Notification{{At: at.Add(-30 * time.Second), Kind: replay.KindAlert, From: replay.OK, To: to, Group: "*", Handles: handles}},
	}
}

func TestAnswer(t *testing.T) {
	skipped := replay.MonitorResult{Address: "monitor.skipped", Reason: "not evaluated: x"}
	quiet := replay.MonitorResult{Address: "monitor.quiet", Evaluated: true}
	grouped := alerting("grouped", 700, replay.Warn, 1, "@a")
	grouped.Notifications[0].Group = "host:x"
	recovered := alerting("recovered", 700, replay.OK, 1, "@a")
	recovered.Notifications[0].Kind = replay.KindRecovery
	renotified := alerting("renotified", 660, replay.Alert, 1, "@a")
	renotified.Notifications[0].Kind = replay.KindRenotify
	for _, c := range []struct {
		name     string
		monitors []replay.MonitorResult
		phases   []series.Phase
		want     string
	}{
		{
			"the first of several", []replay.MonitorResult{alerting("late", 900, replay.Alert, 1, "@b"), quiet, alerting("p2", 810, replay.Alert, 1, "@a", "@b")},
			[]series.Phase{incidentStart()}, "First notified 3m30s after the start, by p2 (P2), @a @b. At 12:12:31 to 12:13:30, depending on the second of evaluation.",
		},
		{
			"without an incident", []replay.MonitorResult{alerting("p0", 810, replay.Alert, 1, "@a")},
			nil, "First notified 13m30s after the start of the recording, by p0, @a. At 12:12:31 to 12:13:30, depending on the second of evaluation.",
		},
		{
			"a group", []replay.MonitorResult{grouped},
			[]series.Phase{incidentStart()}, "First notified 1m40s after the start, by grouped for host:x, @a. At 12:10:41 to 12:11:40, depending on the second of evaluation.",
		},
		{
			"a certain one before an uncertain one", []replay.MonitorResult{alerting("rare", 700, replay.Alert, 0.25, "@a"), alerting("sure", 810, replay.Alert, 1, "@b")},
			[]series.Phase{incidentStart()}, "First notified 3m30s after the start, by sure, @b. At 12:12:31 to 12:13:30, depending on the second of evaluation.",
		},
		{
			"only uncertain ones", []replay.MonitorResult{alerting("rarer", 750, replay.Alert, 0.1, "@b"), alerting("rare", 700, replay.Alert, 0.25, "@a"), skipped},
			[]series.Phase{incidentStart()}, "First notified 1m40s after the start, by rare, @a. Only in 25 % of the seconds of evaluation; in the others, no one is notified then. 1 monitor not evaluated.",
		},
		{
			"one before the start", []replay.MonitorResult{alerting("early", 300, replay.Alert, 1, "@a"), alerting("late", 810, replay.Alert, 1, "@b")},
			[]series.Phase{incidentStart()}, "First notified 3m30s after the start, by late, @b. At 12:12:31 to 12:13:30, depending on the second of evaluation. 1 notification before the start, the first at 12:04:30 by early.",
		},
		{
			"without a recipient", []replay.MonitorResult{alerting("mute", 810, replay.NoData, 1)},
			[]series.Phase{incidentStart()}, "No one was notified: mute changed to No Data 3m30s after the start, without notifying a recipient.",
		},
		{"recovery and renotification", []replay.MonitorResult{recovered, renotified}, []series.Phase{incidentStart()}, "No one was notified: renotified changed to Alert 1m after the start, without notifying a recipient."},
		{"quiet", []replay.MonitorResult{quiet, skipped}, nil, "No one was notified: no monitor changed to Alert, Warn or No Data. 1 monitor not evaluated."},
		{"not evaluated", []replay.MonitorResult{skipped}, nil, "No one was notified: no monitor was evaluated."},
		{"no monitors", nil, nil, "No one was notified: no monitor changed to Alert, Warn or No Data."},
	} {
		rec := incident(c.phases...)
		s := Section{Recording: rec, Result: &replay.Result{Monitors: c.monitors}, Monitors: []replay.Monitor{
			{Address: "monitor.p2", Body: map[string]any{"priority": 2.0}}, {Address: "monitor.p0", Body: map[string]any{"priority": 0.0}},
		}}
		a := newAnswer(&s, newClock(rec))
		if got := string(safe.Join(append([]safe.Text{a.Text + "."}, a.Notes...), " ")); got != c.want {
			t.Errorf("%s:\n%s\nnot\n%s", c.name, got, c.want)
		}
	}
}

// TestAnswerHidesPriority: a sensitive priority is not in the sentence.
func TestAnswerHidesPriority(t *testing.T) {
	rec := incident()
	o := &object.Object{Body: map[string]any{"priority": 2.0}, Sensitive: map[string][]string{object.Path{"priority"}.String(): {"p"}}}
	s := Section{
		Recording: rec, Result: &replay.Result{Monitors: []replay.MonitorResult{alerting("a", 60, replay.Alert, 1, "@a")}},
		Monitors: []replay.Monitor{{Address: "monitor.a", Body: o.Body, Sensitive: o}},
	}
	if a := newAnswer(&s, newClock(rec)); a.Text != "First notified 1m after the start of the recording, by a, @a" {
		t.Error(a.Text)
	}
}
