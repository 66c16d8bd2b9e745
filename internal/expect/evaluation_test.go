package expect

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/series"
	"ddmon/internal/testfile"
)

// hour is a recording without data from 10:00 to 11:00 UTC, with an incident from 10:20 to 10:30.
func hour() *series.Recording {
	start := time.Date(2025, 11, 9, 10, 0, 0, 0, time.UTC)
	at := func(minute int) int64 { return start.Add(time.Duration(minute) * time.Minute).UnixMilli() }
	return &series.Recording{Name: "hour", Location: time.UTC, Start: at(0), End: at(60), Phases: []series.Phase{
		{Name: "incident_start", At: at(20)}, {Name: "incident_end", At: at(30)},
	}}
}

// moved returns a transition at minutes and seconds past ten, seen by a share of the seconds.
func moved(from, to replay.Status, earliest, latest string, share float64) replay.Transition {
	clock := func(text string) time.Time {
		t, err := time.Parse(time.TimeOnly, "10:"+text)
		if err != nil {
			panic(err)
		}
		return time.Date(2025, 11, 9, t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
	}
	return replay.Transition{From: from, To: to, At: clock(earliest), Earliest: clock(earliest), Latest: clock(latest), Share: share}
}

// checked returns the failures of one simple alert with some transitions.
func checked(message string, options map[string]any, e testfile.Expect, initial replay.Status, seen, elsewhere []replay.Transition) []Comparison {
	address := object.Address{Kind: "monitor", Name: "m"}
	e.Address, e.Monitors = address, []object.Address{address}
	if e.Within != nil || e.NotBefore != nil {
		e.After = testfile.DefaultAfter
	}
	if e.RecoversWithin != nil {
		e.RecoveredAfter = testfile.DefaultRecoveredAfter
	}
	o := &object.Object{Address: address, Body: map[string]any{"message": message, "options": options}}
	rec := hour()
	return failing(Compare(testfile.Test{Objects: []*object.Object{o}, Expects: []testfile.Expect{e}}, rec, &replay.Result{Monitors: []replay.MonitorResult{{
		Address: address.String(), Evaluated: true,
		Groups: []replay.GroupResult{{
			Group: "*", Start: time.UnixMilli(rec.Start).UTC(), Initial: initial, Transitions: seen, Elsewhere: elsewhere,
		}},
	}}}))
}

func minutes(n int) *time.Duration {
	d := time.Duration(n) * time.Minute
	return &d
}

// TestSeconds: a status seen only by some seconds of evaluation is neither reached for certain nor excluded.
func TestSeconds(t *testing.T) {
	const some = "if Datadog evaluates at certain seconds of the minute"
	list := func(all ...replay.Transition) []replay.Transition { return all }
	up := func(share float64) replay.Transition { return moved(replay.OK, replay.Alert, "23:00", "23:59", share) }
	down := func(share float64) replay.Transition { return moved(replay.Alert, replay.OK, "31:00", "31:59", share) }
	lastly := moved(replay.Alert, replay.OK, "31:00", "31:59", 1)
	lastly.At = lastly.Latest
	ok := func(text string) testfile.Expect {
		return testfile.Expect{Status: testfile.StatusOK, At: &testfile.RecordingTime{Text: text}}
	}
	alert := testfile.Expect{Status: testfile.StatusAlert}
	within := testfile.Expect{Status: testfile.StatusAlert, Within: minutes(5)}
	at := func(text string) testfile.Expect {
		return testfile.Expect{Status: testfile.StatusAlert, At: &testfile.RecordingTime{Text: text}}
	}
	cases := []struct {
		name            string
		expect          testfile.Expect
		message         string
		options         map[string]any
		initial         replay.Status // defaults to OK
		seen, elsewhere []replay.Transition
		want            string // a part of the failure; "" means no failure
	}{
		{name: "reached by all", expect: alert, seen: list(up(1), down(1))},
		{name: "reached by some", expect: alert, seen: list(up(0.4), down(0.4)), want: "Alert at 10:23:00, but only " + some + " (40% of them)"},
		{name: "reached elsewhere", expect: alert, elsewhere: list(up(0.001)), want: "(1% of them)"},
		{name: "reached by nearly all", expect: alert, seen: list(up(0.999)), want: "(99% of them)"},
		{name: "reached by all, in two ways", expect: alert, seen: list(up(0.4)), elsewhere: list(moved(replay.OK, replay.Alert, "24:00", "24:59", 0.6))},
		{name: "too late in the second way", expect: within, seen: list(up(0.4)), elsewhere: list(moved(replay.OK, replay.Alert, "25:00", "25:01", 0.6)),
			want: "Alert at 10:23:00–10:25:01, 3m to 5m1s after incident_start"},
		{name: "some first, all later", expect: testfile.Expect{Status: testfile.StatusAlert, NotBefore: minutes(4)},
			seen: list(up(0.2), moved(replay.Alert, replay.OK, "24:00", "24:00", 0.2), moved(replay.OK, replay.Alert, "26:00", "26:59", 1)),
			want: "Alert at 10:23:00–10:26:59, 3m to 6m59s after incident_start"},
		{name: "two that are never all", expect: alert, seen: list(up(0.4), moved(replay.Alert, replay.OK, "23:30", "24:30", 0.4)),
			elsewhere: list(moved(replay.OK, replay.Alert, "27:00", "27:59", 0.6)), want: "(60% of them)"},

		{name: "around the phase", expect: within, seen: list(moved(replay.OK, replay.Alert, "19:30", "20:29", 1))},
		{name: "for some before the phase", expect: testfile.Expect{Status: testfile.StatusAlert, NotBefore: minutes(0)},
			seen: list(moved(replay.OK, replay.Alert, "19:30", "20:29", 1)), want: "Alert at 10:19:30–10:20:29, -30s to 29s after incident_start"},
		{name: "from the beginning", expect: testfile.Expect{Status: testfile.StatusNoData}, initial: replay.NoData},
		{name: "before the phase", expect: testfile.Expect{Status: testfile.StatusNoData, After: "incident_start"}, initial: replay.NoData,
			want: "No Data since before incident_start: No Data throughout"},

		{name: "at, the primary second last loses it", expect: at("10:31:10"), seen: list(up(1), lastly), want: "Alert or not, depending on the second"},
		{name: "at, the primary second alone has it", expect: at("10:25:00"), seen: list(up(0)), want: "Alert or not, depending on the second"},
		{name: "at, the primary second alone has another", expect: ok("10:25:00"), seen: list(up(0)), want: "OK or not, depending on the second"},
		{name: "at, gone", expect: ok("10:40:00"), seen: list(up(1), moved(replay.Alert, replay.Gone, "29:00", "29:59", 1))},
		{name: "at, by all", expect: at("10:25:00"), seen: list(up(1), down(1))},
		{name: "at, before the last have it", expect: at("10:23:58"), seen: list(up(1), down(1)), want: "Alert or not, depending on the second"},
		{name: "at, the last have it", expect: at("10:23:59"), seen: list(up(1), down(1))},
		{name: "at, before the first lose it", expect: at("10:30:59"), seen: list(up(1), down(1))},
		{name: "at, the first lose it", expect: at("10:31:00"), seen: list(up(1), down(1)), want: "Alert or not, depending on the second"},
		{name: "at, by some", expect: at("10:25:00"), seen: list(up(0.5)), want: "Alert or not, depending on the second"},
		{name: "at, by none", expect: at("10:32:00"), seen: list(up(1), down(1)), want: "OK; full history: OK, Alert"},
		{name: "at, others leave", expect: ok("10:25:00"), elsewhere: list(up(0.1)),
			want: "OK or not, depending on the second"},

		{name: "never, by none", expect: testfile.Expect{Never: []string{"Alert"}}, seen: list(moved(replay.OK, replay.Warn, "23:00", "23:59", 1))},
		{name: "never, but elsewhere", expect: testfile.Expect{Never: []string{"Alert"}}, elsewhere: list(up(0.05)),
			want: "OK, Alert at 10:23:00–10:23:59 (only " + some + " (5% of them))"},

		{name: "silent, no handle in the message", expect: testfile.Expect{Silent: true}, message: "no handle", elsewhere: list(up(0.5))},
		{name: "silent, but elsewhere", expect: testfile.Expect{Silent: true}, message: "@a", elsewhere: list(up(0.5)), want: "Alert at 10:23:00"},
		{name: "silent on no data", expect: testfile.Expect{Silent: true}, message: "@a", elsewhere: list(moved(replay.OK, replay.NoData, "23:00", "23:59", 0.5))},
		{name: "notifies on no data", expect: testfile.Expect{Silent: true}, message: "@a", options: map[string]any{"notify_no_data": true},
			elsewhere: list(moved(replay.OK, replay.NoData, "23:00", "23:59", 0.5)), want: "No Data at 10:23:00"},

		{name: "recovered by all", expect: testfile.Expect{RecoversWithin: minutes(2)}, seen: list(up(1), down(1))},
		{name: "recovered by some", expect: testfile.Expect{RecoversWithin: minutes(2)}, seen: list(up(1), down(0.9)), want: "still not OK at the end of the recording (11:00:00)"},
		{name: "recovered by the first", expect: testfile.Expect{RecoversWithin: minutes(1)}, seen: list(up(1), down(1)),
			want: "OK only at 10:31:00–10:31:59, 1m to 1m59s after incident_end"},
		{name: "recovered and back", expect: testfile.Expect{RecoversWithin: minutes(5)},
			seen: list(up(1), down(1), moved(replay.OK, replay.Alert, "33:00", "33:30", 1), moved(replay.Alert, replay.OK, "40:00", "40:30", 1)),
			want: "OK only at 10:40:00–10:40:30"},
		{name: "problem only later", expect: testfile.Expect{RecoversWithin: minutes(5)}, seen: list(moved(replay.OK, replay.Alert, "45:00", "45:59", 1)),
			want: "nothing to recover from by then"},
		{name: "recovered before", expect: testfile.Expect{RecoversWithin: minutes(1)}, seen: list(up(1), moved(replay.Alert, replay.OK, "26:00", "26:59", 1))},
		{name: "recovered, group gone", expect: testfile.Expect{RecoversWithin: minutes(2)}, seen: list(up(1), moved(replay.Alert, replay.Gone, "29:00", "29:59", 1))},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			c.expect.Ranges = map[string]hcl.Range{}
			failures := checked(c.message, c.options, c.expect, max(c.initial, replay.OK), c.seen, c.elsewhere)
			switch got := describe(failures); {
			case c.want == "" && got != "":
				t.Error(got)
			case c.want != "" && (len(failures) != 1 || !strings.Contains(failures[0].Actual, c.want)):
				t.Errorf("%s\nwant: %s", got, c.want)
			}
		})
	}
}

// TestOneSecond: a failure at one second is also a failure over all seconds, which Mutate relies on. The reverse is not
// true.
func TestOneSecond(t *testing.T) {
	stack := loaded(t, everything(t))
	rec, diags := series.Load(stack.Tests[0].Recording)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	differs := 0
	for _, phase := range []int{0, 1, 16, 31, 46, 59} {
		all, one := replayed(t, stack, rec, replay.Options{Phase: phase}), replayed(t, stack, rec, replay.Options{Phase: phase, OnePhase: true})
		for _, test := range stack.Tests {
			failsOnce, fails := failing(Compare(test, rec, one)), failing(Compare(test, rec, all))
			if len(failsOnce) > 0 && len(fails) == 0 {
				t.Errorf("%s at second %d:\n%s", test.Name, phase, describe(failsOnce))
			}
			if len(failsOnce) == 0 && len(fails) > 0 {
				differs++
			}
		}
	}
	if differs == 0 {
		t.Error("no test fails only over all seconds, so this test proves nothing")
	}
}

// TestRecoveryInTime: a recovery in time is described by the last one before the deadline, with the time that is left.
func TestRecoveryInTime(t *testing.T) {
	list := func(all ...replay.Transition) []replay.Transition { return all }
	up, down := moved(replay.OK, replay.Alert, "23:00", "23:59", 1), moved(replay.Alert, replay.OK, "31:00", "31:59", 1)
	early := moved(replay.Alert, replay.OK, "26:00", "26:59", 1)
	for name, tt := range map[string]struct {
		initial         replay.Status
		seen, elsewhere []replay.Transition
		want            string
		left            time.Duration
	}{
		"after the end":    {seen: list(up, down), want: "OK at 10:31:00–10:31:59, 1m to 1m59s after incident_end", left: 3*time.Minute + time.Second},
		"before the end":   {seen: list(up, early), want: "OK at 10:26:00–10:26:59, before incident_end", left: 5 * time.Minute},
		"around the end":   {seen: list(up, moved(replay.Alert, replay.OK, "29:30", "30:29", 1)), want: "OK at 10:29:30–10:30:29, up to 29s after incident_end", left: 4*time.Minute + 31*time.Second},
		"twice":            {seen: list(up, early, moved(replay.OK, replay.Alert, "28:00", "28:59", 1), down), want: "10:31:00–10:31:59", left: 3*time.Minute + time.Second},
		"by way of warn":   {seen: list(up, moved(replay.Alert, replay.Warn, "31:00", "31:59", 1), moved(replay.Warn, replay.OK, "32:00", "32:59", 1)), want: "OK at 10:32:00–10:32:59", left: 2*time.Minute + time.Second},
		"no data":          {initial: replay.NoData, seen: list(moved(replay.NoData, replay.OK, "31:00", "31:59", 1)), want: "OK at 10:31:00–10:31:59", left: 3*time.Minute + time.Second},
		"elsewhere, later": {seen: list(up, early), elsewhere: list(moved(replay.Alert, replay.OK, "33:00", "33:59", 1)), want: "10:33:00–10:33:59", left: time.Minute + time.Second},
		"elsewhere, first": {seen: list(up, down), elsewhere: list(moved(replay.Alert, replay.OK, "25:00", "25:59", 1)), want: "10:31:00–10:31:59", left: 3*time.Minute + time.Second},
		"again, too late":  {seen: list(up, down, moved(replay.OK, replay.Alert, "45:00", "45:59", 1), moved(replay.Alert, replay.OK, "50:00", "50:59", 1)), want: "10:31:00–10:31:59", left: 3*time.Minute + time.Second},
	} {
		address := object.Address{Kind: "monitor", Name: "m"}
		e := testfile.Expect{Address: address, Monitors: []object.Address{address}, RecoversWithin: minutes(5), RecoveredAfter: testfile.DefaultRecoveredAfter, Ranges: map[string]hcl.Range{}}
		rec := hour()
		got := Compare(testfile.Test{Objects: []*object.Object{{Address: address, Body: map[string]any{}}}, Expects: []testfile.Expect{e}}, rec, &replay.Result{Monitors: []replay.MonitorResult{{
			Address: address.String(), Evaluated: true,
			Groups: []replay.GroupResult{{Group: "*", Start: time.UnixMilli(rec.Start).UTC(), Initial: max(tt.initial, replay.OK), Transitions: tt.seen, Elsewhere: tt.elsewhere}},
		}}})
		if len(got) != 1 || len(failing(got)) > 0 || !strings.Contains(got[0].Actual, tt.want) || len(got[0].Margins) != 1 || got[0].Margins[0].Left != tt.left {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
