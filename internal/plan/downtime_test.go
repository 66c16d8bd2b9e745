package plan_test

import (
	"testing"
	"time"

	"ddmon/internal/ddtest"
	"ddmon/internal/ddtest/objecttest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

const downtimeOnce = `{"scope":"env:staging","monitor_identifier":{"monitor_tags":["*"]},"schedule":{"start":"2026-11-01T10:00:00Z","end":"2026-11-01T12:00:00Z"}}`

// TestDowntimeStartIsNotMoved: a start that is not written, or null, stays as it is live and is never sent as null.
func TestDowntimeStartIsNotMoved(t *testing.T) {
	k := kind.Named("downtime")
	live := ddtest.Object(t, `{"id":"x","status":"active","scope":"env:staging","monitor_identifier":{"monitor_tags":["*"]},"message":null,
		"schedule":{"start":"2026-11-01T10:00:00.123456+00:00","end":"2026-11-01T12:00:00+00:00"},"display_timezone":"UTC",
		"notify_end_states":["warn","alert","no data"],"notify_end_types":["expired"],"mute_first_recovery_notification":false,"canceled":null}`)
	for _, schedule := range []string{`{"end":"2026-11-01T13:00:00+01:00"}`, `{"start":null,"end":"2026-11-01T12:00:00Z"}`} {
		desired := ddtest.Object(t, `{"scope":"env:prod","monitor_identifier":{"monitor_tags":["*"]},"display_timezone":"","schedule":`+schedule+`}`)
		after, edits, notes := plan.Compare(k, desired, live, nil)
		if len(edits) != 1 || edits[0].Path.String() != "scope" || len(notes) > 0 {
			t.Errorf("%s: %s %v", schedule, show(edits), notes)
		}
		if start := (object.Path{"schedule", "start"}).In(after); start != "2026-11-01T10:00:00.123456+00:00" {
			t.Errorf("%s: the start that is sent is %v", schedule, start)
		}
	}
}

// TestDowntimeBecomesRecurring: of a schedule of one sort, the other one gets nothing.
func TestDowntimeBecomesRecurring(t *testing.T) {
	k := kind.Named("downtime")
	desired := ddtest.Object(t, `{"scope":"*","monitor_identifier":{"monitor_tags":["*"]},
		"schedule":{"timezone":"Europe/Berlin","recurrences":[{"rrule":"FREQ=DAILY","duration":"1h"}]}}`)
	after, edits, _ := plan.Compare(k, desired, ddtest.Object(t, downtimeOnce), nil)
	schedule, _ := after["schedule"].(map[string]any)
	if schedule["start"] != nil || schedule["end"] != nil || schedule["recurrences"] == nil || len(edits) == 0 {
		t.Errorf("%v%s", schedule, show(edits))
	}
}

// TestEndedDowntimeIsLeftAlone: a downtime whose end is past is neither created, changed nor deleted, and its block is named.
func TestEndedDowntimeIsLeftAlone(t *testing.T) {
	desired := objecttest.Desired(t, "downtime.night", downtimeOnce)
	owned := objecttest.Owned(t, `"5b1e6e2c-8b0a-11ef-9b6e-da7ad0900002"`, "downtime.night", `{"scope":"*","monitor_identifier":{"monitor_tags":["*"]}}`)
	at := func(text string) time.Time {
		now, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return now
	}
	for _, live := range [][]*object.Object{nil, {owned}} {
		in := plan.Input{Stack: "s", Kinds: kind.All(), Desired: []*object.Object{desired}, Live: live, Now: at("2026-11-01T12:00:01Z")}
		p, diags := plan.Build(in)
		if len(p.Changes) != 0 || len(diags) != 1 || diags[0].Summary != "Object belongs to the past" {
			t.Errorf("after its end: %+v, %v", p.Changes, diags)
		}
		in.Now = at("2026-11-01T11:59:59Z")
		if p, _ := plan.Build(in); len(p.Changes) != 1 || p.Changes[0].Action == plan.NoOp {
			t.Errorf("before its end: %+v", p.Changes)
		}
	}
}
