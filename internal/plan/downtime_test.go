package plan_test

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/ddtest"
	"ddmon/internal/ddtest/objecttest"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

const downtimeOnce = `{"scope":"env:staging","monitor_identifier":{"monitor_tags":["*"]},"schedule":{"start":"2026-11-01T10:00:00Z","end":"2026-11-01T12:00:00Z"}}`

// TestDowntimeStartIsNotMoved: a start that is missing or null keeps its live value and is never sent as null.
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

// TestDowntimeBecomesRecurring: a recurring schedule does not keep the fields of a one-time schedule.
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

// TestEndedDowntimeIsIgnored: a downtime whose end is past is not created, changed or deleted, and its block is
// reported.
func TestEndedDowntimeIsIgnored(t *testing.T) {
	desired := objecttest.Desired(t, "downtime.night", downtimeOnce)
	owned := func(body string) []*object.Object {
		return []*object.Object{objecttest.Owned(t, `"5b1e6e2c-8b0a-11ef-9b6e-da7ad0900002"`, "downtime.night", body)}
	}
	other := strings.ReplaceAll(downtimeOnce, "env:staging", "env:prod") // it also differs in scope
	ended := strings.ReplaceAll(downtimeOnce, "12:00:00Z", "11:00:00+00:00")
	endless := `{"scope":"env:staging","monitor_identifier":{"monitor_tags":["*"]},"schedule":{"start":"2026-11-01T10:00:00Z","end":null}}`
	for _, build := range []func(plan.Input) (*plan.Plan, hcl.Diagnostics){plan.Build, plan.BuildDestroy} {
		for _, live := range [][]*object.Object{nil, owned(other), owned(ended)} {
			in := plan.Input{Stack: "s", Kinds: kind.All(), Desired: []*object.Object{desired}, Live: live, Now: moment(t, "2026-11-01T12:00:01Z")}
			p, diags := build(in)
			if len(p.Changes) != 0 || len(diags) > 1 || len(diags) == 1 && diags[0].Summary != "Object has ended" {
				t.Errorf("after its end: %+v, %v", p.Changes, diags)
			}
		}
		// A live downtime without an end would mute forever.
		in := plan.Input{Stack: "s", Kinds: kind.All(), Desired: []*object.Object{desired}, Live: owned(endless), Now: moment(t, "2026-11-01T12:00:01Z")}
		if p, diags := build(in); len(p.Changes) != 1 || p.Changes[0].Action == plan.NoOp || len(diags) > 0 {
			t.Errorf("a live downtime without an end: %+v, %v", p.Changes, diags)
		}
	}
	for now, want := range map[string]int{"2026-11-01T11:59:59Z": 1, "2026-11-01T12:00:01Z": 0} {
		in := plan.Input{Stack: "s", Kinds: kind.All(), Desired: []*object.Object{desired}, Now: moment(t, now)}
		p, _ := plan.Build(in)
		if len(p.Changes) != want {
			t.Errorf("%s: %+v", now, p.Changes)
		}
		in.Desired = nil
		if p, _ := plan.Between(in, []*object.Object{desired}); len(p.Changes) != want {
			t.Errorf("%s: the removed block: %+v", now, p.Changes)
		}
	}
	p, _ := plan.Build(plan.Input{Stack: "s", Kinds: kind.All(), Desired: []*object.Object{desired}})
	if late, early := p.Ended(moment(t, "2026-11-01T12:00:01Z")), p.Ended(moment(t, "2026-11-01T11:59:59Z")); len(late) != 1 || len(early) != 0 {
		t.Errorf("%v, %v", late, early)
	}
}

func moment(t *testing.T, text string) time.Time {
	t.Helper()
	now, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return now
}
