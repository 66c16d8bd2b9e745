package behaviour_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/behaviour"
	"ddmon/internal/ddtest/shop"
	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// TestPhases: an effect seen only by some seconds of evaluation is described as such, whichever phase is primary.
func TestPhases(t *testing.T) {
	const (
		never  = `{"query":"min(last_1m):sum:m{*} > 50","message":"m @a","name":"n"}`
		soon   = `{"query":"min(last_1m):sum:m{*} > 5","message":"m @a","name":"n"}`
		first  = `{"query":"min(last_1m):sum:m{*} > 9","message":"m @a","name":"n"}`
		silent = `{"query":"min(last_1m):sum:m{*} > 5","message":"m","name":"n"}`
	)
	tests := []struct {
		name, live, desired, values string
		incident                    bool
		want                        string
	}{
		{
			// Four samples fill a window of a minute in 15 of 60 seconds.
			"a minute within the incident", never, soon, "0x140 10x4 0x96", true,
			"monitor.a: would detect i after 5m46s at best, in 25% of cases [newly detected]",
		},
		{
			"two minutes, one of them higher", soon, first, "0x140 6x4 10x4 0x92", true,
			"monitor.a: alerts in i after 6m45s, would alert after 6m46s at best, in 25% of cases [later]",
		},
		{
			"a longer minute", first, soon, "0x140 10x4 6x1 0x95", true,
			"monitor.a: alerts in i after 5m46s at best, in 25% of cases, would alert after 5m46s at best, in 50% of cases [earlier]",
		},
		{
			// From 44:46 to 45:45, and the incident ends at 45:00.
			"the last minute of the incident", never, soon, "0x176 10x20 0x44", true,
			"monitor.a: would detect i after 14m46s at best, in 23% of cases [newly detected]",
		},
		{
			"a minute on a good day", never, soon, "0x140 10x4 0x96", false,
			"monitor.a: would raise at most 1 false alarm in i [new false alarms]",
		},
		{
			"a minute on a good day, no recipients", never, silent, "0x140 10x4 0x96", false,
			"monitor.a: raises no false alarms in i [no change]",
		},
	}
	for _, test := range tests {
		for _, phase := range []int{0, 20, 50} {
			rec := recorded(t, "i", test.values, test.incident)
			p := build(t, []*object.Object{want(t, "a", test.desired)}, applied(t, []*object.Object{want(t, "a", test.live)}))
			r := behaviour.Compare(p, []*series.Recording{rec}, behaviour.Options{Replay: replay.Options{Phase: phase}})
			if d := cmp.Diff(test.want, texts(r)[0]); d != "" {
				t.Errorf("%s, phase %d: %s", test.name, phase, d)
			}
		}
	}
}

// TestOpposites: undoing a change undoes its effect.
func TestOpposites(t *testing.T) {
	opposite := map[behaviour.Kind]behaviour.Kind{
		behaviour.NoLongerDetected: behaviour.NewlyDetected, behaviour.NewlyDetected: behaviour.NoLongerDetected,
		behaviour.Later: behaviour.Earlier, behaviour.Earlier: behaviour.Later,
		behaviour.NewFalseAlarms: behaviour.FewerFalseAlarms, behaviour.FewerFalseAlarms: behaviour.NewFalseAlarms,
		behaviour.Different: behaviour.Different, behaviour.NoChange: behaviour.NoChange,
	}
	var bodies []*object.Object
	for _, query := range []string{"min(last_1m):sum:m{*} > 5", "min(last_1m):sum:m{*} > 9", "min(last_4m):sum:m{*} > 5", "max(last_1m):sum:m{*} > 50"} {
		for _, message := range []string{"m @a", "m @b", "m"} {
			bodies = append(bodies, want(t, "a", `{"query":"`+query+`","message":"`+message+`","name":"n"}`))
		}
	}
	recs := []*series.Recording{recorded(t, "i", "0x120 6x20 10x4 0x96", true), recorded(t, "d", "0x40 10x12 0x40 6x12 0x136", false)}
	seen := map[behaviour.Kind]bool{}
	compare := func(live, desired *object.Object) *behaviour.Report {
		return behaviour.Compare(build(t, []*object.Object{desired}, applied(t, []*object.Object{live})), recs, behaviour.Options{})
	}
	for _, x := range bodies {
		for _, y := range bodies {
			there, back := compare(x, y), compare(y, x)
			for i := range there.Recordings {
				a, b := there.Recordings[i].Monitors[0], back.Recordings[i].Monitors[0]
				seen[a.Kind] = true
				if b.Kind != opposite[a.Kind] || !cmp.Equal(a.Before, b.After) || !cmp.Equal(a.After, b.Before) {
					t.Errorf("%s\n%s", a.Text, b.Text)
				}
			}
		}
	}
	for kind := range opposite {
		if !seen[kind] {
			t.Errorf("no effect of kind %q", kind)
		}
	}
}

// TestJSON: a report survives a round trip through JSON.
func TestJSON(t *testing.T) {
	desired := shop.Objects(t)
	r := behaviour.Compare(build(t, edited(t, desired, "monitor.backlog", "10", "40"), applied(t, desired)), shop.Recordings(t, "incident-5", "healthy-day"), behaviour.Options{})
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	back := &behaviour.Report{}
	if err := json.Unmarshal(raw, back); err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(r, back); d != "" {
		t.Error(d)
	}
}
