package behaviour_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/behaviour"
	"ddmon/internal/ddtest/recordingtest"
	"ddmon/internal/object"
	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// What the metric m did: over 5 in the incident from half past to a quarter to, and on a good day for three minutes
// twice.
const (
	bad  = "0x120 10x60 0x60"
	good = "0x40 10x12 0x40 8x12 0x136"
	flat = "0x240"
)

func TestCompare(t *testing.T) {
	const (
		soon   = `{"query":"min(last_1m):sum:m{*} > 5","message":"m @a","name":"n"}`
		late   = `{"query":"min(last_10m):sum:m{*} > 5","message":"m @a","name":"n"}`
		never  = `{"query":"min(last_1m):sum:m{*} > 50","message":"m @a","name":"n"}`
		first  = `{"query":"min(last_1m):sum:m{*} > 9","message":"m @a","name":"n"}`
		mute   = `{"query":"min(last_1m):sum:m{*} > 5","message":"m","name":"n"}`
		mute2  = `{"query":"min(last_10m):sum:m{*} > 5","message":"m","name":"n"}`
		others = `{"query":"min(last_1m):sum:m{*} > 5","message":"m @b","name":"n"}`
		after  = `{"query":"min(last_14m):sum:m{*} > 5","message":"m @a","name":"n","options":{"evaluation_delay":300}}`
		odd    = `{"query":"avg(last_1h):anomalies(avg:m{*}, 'basic', 2) >= 1","message":"m @a","name":"n"}`
		alien  = `{"query":"min(last_1m):sum:elsewhere{*} > 5","message":"m @a","name":"n"}`
		logs   = `{"type":"log alert","query":"logs(\"x\").index(\"*\").rollup(\"count\").last(\"5m\") > 5","message":"m @a","name":"n"}`
		warned = `{"query":"min(last_1m):sum:m{*} > 50","message":"m @a","name":"n","options":{"thresholds":{"critical":50,"warning":5}}}`
	)
	incident := func(t *testing.T) []*series.Recording { return []*series.Recording{recorded(t, "i", bad, true)} }
	day := func(t *testing.T) []*series.Recording { return []*series.Recording{recorded(t, "d", good, false)} }
	both := `{"type":"composite","query":"${monitor.a} && ${monitor.b}","message":"m @c","name":"c"}`
	tests := []struct {
		name          string
		live, desired map[string]string
		recordings    func(t *testing.T) []*series.Recording
		want          []string
		regressions   int
		skipped       int
	}{
		{
			name: "later",
			live: m("a", soon), desired: m("a", late), recordings: incident,
			want: []string{
				"monitor.a: i caught after 1m45s, would be caught after 10m45s [later]",
				"the stack: i caught after 1m45s by monitor.a, would be caught after 10m45s by monitor.a [later]",
			},
			regressions: 2,
		},
		{
			name: "earlier",
			live: m("a", late), desired: m("a", soon), recordings: incident,
			want: []string{
				"monitor.a: i caught after 10m45s, would be caught after 1m45s [earlier]",
				"the stack: i caught after 10m45s by monitor.a, would be caught after 1m45s by monitor.a [earlier]",
			},
		},
		{
			name: "no longer caught",
			live: m("a", soon), desired: m("a", never), recordings: incident,
			want: []string{
				"monitor.a: would no longer catch i (nothing else does) [no longer caught]",
				"the stack: would no longer catch i [no longer caught]",
			},
			regressions: 2,
		},
		{
			name: "no longer caught by one, still by another",
			live: m("a", soon, "b", late), desired: m("a", never, "b", late), recordings: incident,
			want: []string{
				"monitor.a: would no longer catch i (still caught by monitor.b) [no longer caught]",
				"the stack: i caught after 1m45s by monitor.a, would be caught after 10m45s by monitor.b [later]",
			},
			regressions: 2,
		},
		{
			name: "newly caught",
			live: m("a", never), desired: m("a", soon), recordings: incident,
			want: []string{
				"monitor.a: would catch i after 1m45s [newly caught]",
				"the stack: would catch i after 1m45s by monitor.a [newly caught]",
			},
		},
		{
			name: "no change",
			live: m("a", soon), desired: m("a", soon[:len(soon)-1]+`,"priority":2}`), recordings: incident,
			want: []string{
				"monitor.a: i caught after 1m45s [no change]",
				"the stack: i caught after 1m45s by monitor.a [no change]",
			},
		},
		{name: "nothing changes", live: m("a", soon), desired: m("a", soon), recordings: incident},
		{
			name: "different handles",
			live: m("a", soon), desired: m("a", others), recordings: incident,
			want: []string{
				"monitor.a: i caught after 1m45s, would no longer tell @a, would also tell @b [different]",
				"the stack: i caught after 1m45s by monitor.a, would no longer tell @a, would also tell @b [different]",
			},
		},
		{
			name: "told when it is over",
			live: m("a", soon), desired: m("a", after), recordings: incident,
			want: []string{
				"monitor.a: would no longer catch i (would tell of it only when it is over; nothing else does) [no longer caught]",
				"the stack: would no longer catch i (would tell of it only when it is over) [no longer caught]",
			},
			regressions: 2,
		},
		{
			name: "caught by a warning",
			live: m("a", soon), desired: m("a", warned), recordings: incident,
			want: []string{
				"monitor.a: i caught after 1m45s, would be told as Warn [different]",
				"the stack: i caught after 1m45s by monitor.a, would be told as Warn [different]",
			},
		},
		{
			name: "nobody told any more",
			live: m("a", soon), desired: m("a", mute), recordings: incident,
			want: []string{
				"monitor.a: would no longer catch i (would alert after 1m45s, tell no one; nothing else does) [no longer caught]",
				"the stack: would no longer catch i [no longer caught]",
			},
			regressions: 2,
		},
		{
			name: "nobody told, at another time",
			live: m("a", mute), desired: m("a", mute2), recordings: incident,
			want: []string{
				"monitor.a: alerts in i after 1m45s, tells no one; would alert after 10m45s, tell no one [different]",
				"the stack: does not catch i [no change]",
			},
		},
		{
			name: "created",
			live: m(), desired: m("a", soon), recordings: incident,
			want: []string{
				"monitor.a: would catch i after 1m45s [newly caught]",
				"the stack: would catch i after 1m45s by monitor.a [newly caught]",
			},
		},
		{
			name: "created, and never of use",
			live: m(), desired: m("a", never), recordings: incident,
			want: []string{
				"monitor.a: would not catch i [no change]",
				"the stack: would not catch i [no change]",
			},
		},
		{
			name: "deleted",
			live: m("a", soon), desired: m(), recordings: incident,
			want: []string{
				"monitor.a: would no longer catch i (nothing else does) [no longer caught]",
				"the stack: would no longer catch i [no longer caught]",
			},
			regressions: 2,
		},
		{
			name: "deleted, and never of use",
			live: m("a", never), desired: m(), recordings: incident,
			want: []string{
				"monitor.a: did not catch i [no change]",
				"the stack: did not catch i [no change]",
			},
		},
		{
			name: "not evaluated",
			live: m("a", soon, "b", late), desired: m("a", odd, "b", soon), recordings: incident,
			want: []string{
				"monitor.b: i caught after 10m45s, would be caught after 1m45s [earlier]",
				"the stack: i caught after 10m45s by monitor.b, would be caught after 1m45s by monitor.b [earlier]",
				"monitor.a: not evaluated: the function anomalies [not evaluated]",
			},
		},
		{
			name: "new false alarms",
			live: m("a", never), desired: m("a", soon), recordings: day,
			want: []string{
				"monitor.a: d: would page 2 times [new false alarms]",
				"the stack: d: would page 2 times [new false alarms]",
			},
			regressions: 2,
		},
		{
			name: "more false alarms",
			live: m("a", first), desired: m("a", soon), recordings: day,
			want: []string{
				"monitor.a: d: paged once, would page 2 times [new false alarms]",
				"the stack: d: paged once, would page 2 times [new false alarms]",
			},
			regressions: 2,
		},
		{
			name: "fewer false alarms",
			live: m("a", soon), desired: m("a", first), recordings: day,
			want: []string{
				"monitor.a: d: paged 2 times, would page once [fewer false alarms]",
				"the stack: d: paged 2 times, would page once [fewer false alarms]",
			},
		},
		{
			name: "no more false alarms",
			live: m("a", soon), desired: m("a", never), recordings: day,
			want: []string{
				"monitor.a: d: would no longer page, paged 2 times [fewer false alarms]",
				"the stack: d: would no longer page, paged 2 times [fewer false alarms]",
			},
		},
		{
			name: "as many false alarms",
			live: m("a", soon), desired: m("a", others), recordings: day,
			want: []string{
				"monitor.a: d: pages 2 times [no change]",
				"the stack: d: pages 2 times [no change]",
			},
		},
		{
			name: "created and a false alarm",
			live: m(), desired: m("a", first), recordings: day,
			want: []string{
				"monitor.a: d: would page once [new false alarms]",
				"the stack: d: would page once [new false alarms]",
			},
			regressions: 2,
		},
		{
			name: "a recording without the metric",
			live: m("a", alien), desired: m("a", alien[:len(alien)-1]+`,"priority":2}`), recordings: incident,
			skipped: 1,
		},
		{
			name: "a metric that is not recorded",
			live: m("a", soon), desired: m("a", alien), recordings: incident,
			want: []string{
				"monitor.a: would no longer catch i (which holds no elsewhere; nothing else does) [no longer caught]",
				"the stack: would no longer catch i [no longer caught]",
			},
			regressions: 2,
		},
		{
			name: "a composite whose member changes", live: m("a", mute, "b", mute, "c", both), desired: m("a", never, "b", mute, "c", both),
			recordings: incident,
			want: []string{
				"monitor.a: alerts in i after 1m45s, tells no one; would not catch it [different]",
				"monitor.c: would no longer catch i (nothing else does) [no longer caught]",
				"the stack: would no longer catch i [no longer caught]",
			},
			regressions: 2,
		},
		{
			name: "a composite that is created with its members", live: m(), desired: m("a", mute, "b", mute, "c", both),
			recordings: incident,
			want: []string{
				"monitor.a: would alert in i after 1m45s, tell no one [no change]",
				"monitor.b: would alert in i after 1m45s, tell no one [no change]",
				"monitor.c: would catch i after 2m44s [newly caught]",
				"the stack: would catch i after 2m44s by monitor.c [newly caught]",
			},
		},
		{
			name: "false alarms before an incident", live: m("a", never), desired: m("a", soon),
			recordings: func(t *testing.T) []*series.Recording {
				return []*series.Recording{recorded(t, "i", "0x20 10x20 0x80 10x60 0x60", true)}
			},
			want: []string{
				"monitor.a: would catch i after 1m45s; outside of it would page once [new false alarms]",
				"the stack: would catch i after 1m45s by monitor.a; outside of it would page once [new false alarms]",
			},
			regressions: 2,
		},
		{
			name: "caught at some phases only", live: m("a", soon, "b", late), desired: m("a", first, "b", never),
			recordings: func(t *testing.T) []*series.Recording {
				return []*series.Recording{recorded(t, "i", "0x120 6x40 10x4 6x16 0x60", true)}
			},
			want: []string{
				"monitor.a: i caught after 1m45s, would be caught after 10m46s at best, in 25% of cases [later]",
				"monitor.b: would no longer catch i (still caught by monitor.a) [no longer caught]",
				"the stack: i caught after 1m45s by monitor.a, would be caught after 10m46s at best, in 25% of cases by monitor.a [later]",
			},
			regressions: 3,
		},
		{
			name: "another type is another monitor", live: m("a", soon), desired: m("a", logs), recordings: incident,
			want: []string{
				"monitor.a: would no longer catch i (which holds no logs; nothing else does) [no longer caught]",
				"the stack: would no longer catch i [no longer caught]",
			},
			regressions: 2,
		},
		{
			name: "a good day on which nothing happens", live: m("a", soon), desired: m("a", late),
			recordings: func(t *testing.T) []*series.Recording { return []*series.Recording{recorded(t, "d", flat, false)} },
			want: []string{
				"monitor.a: d: does not page [no change]",
				"the stack: d: does not page [no change]",
			},
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			desired := objects(t, test.desired)
			p := build(t, desired, applied(t, objects(t, test.live)))
			r := behaviour.Compare(p, test.recordings(t), behaviour.Options{})
			if d := cmp.Diff(test.want, texts(r)); d != "" {
				t.Error(d)
			}
			if n := len(r.Regressions()); n != test.regressions || r.Skipped != test.skipped {
				t.Errorf("%d regressions, %d skipped", n, r.Skipped)
			}
		})
	}
}

// TestDeposed: what an interrupted replacement left behind is the live side of its successor, and not a monitor that is
// missed when it goes.
func TestDeposed(t *testing.T) {
	a := want(t, "a", `{"query":"min(last_1m):sum:m{*} > 5","message":"m @a","name":"n"}`)
	old := applied(t, []*object.Object{a})
	old[0].Marker.Replaced = true
	twin := applied(t, []*object.Object{a, a})[1]
	recs := []*series.Recording{recorded(t, "i", bad, true)}
	for name, live := range map[string][]*object.Object{"before the successor": old, "after it": {old[0], twin}} {
		r := behaviour.Compare(build(t, []*object.Object{a}, live), recs, behaviour.Options{})
		for _, e := range r.Regressions() {
			t.Errorf("%s: %s", name, e.Text)
		}
	}
}

// TestGroups: each group is an alarm of its own, unless notify_by puts them together.
func TestGroups(t *testing.T) {
	rec := recordingtest.New(t, "name = \"d\"\n"+recordingtest.Gauge("g", "host:a", "0x120 9x20 0x100")+recordingtest.Gauge("g", "host:b", "0x120 9x20 0x100"), nil)
	grouped := `{"query":"min(last_1m):sum:g{*} by {host} > 5","message":"m @a","name":"n"%s}`
	tests := map[string]string{
		"":                               "monitor.a: d: would page 2 times [new false alarms]",
		`,"options":{"notify_by":["*"]}`: "monitor.a: d: would page once [new false alarms]",
	}
	for options, wanted := range tests {
		desired := []*object.Object{want(t, "a", strings.Replace(grouped, "%s", options, 1))}
		r := behaviour.Compare(build(t, desired, nil), []*series.Recording{rec}, behaviour.Options{})
		if got := texts(r)[0]; got != wanted {
			t.Errorf("%s: %s", options, got)
		}
	}
}

// TestImpossibleOptions: what the replay refuses is a reason, not a panic.
func TestImpossibleOptions(t *testing.T) {
	p := build(t, []*object.Object{want(t, "a", `{"query":"min(last_1m):sum:m{*} > 5","message":"m @a","name":"n"}`)}, nil)
	r := behaviour.Compare(p, []*series.Recording{recorded(t, "i", bad, true)}, behaviour.Options{Replay: replay.Options{Phase: 77}})
	if len(r.NotEvaluated) != 1 || !strings.Contains(r.NotEvaluated[0].Text, "77") || len(r.Recordings) != 0 {
		t.Errorf("%+v", r)
	}
}

// m makes a map of names and bodies.
func m(pairs ...string) map[string]string {
	out := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i]] = pairs[i+1]
	}
	return out
}

func objects(t *testing.T, bodies map[string]string) []*object.Object {
	var list []*object.Object
	for _, name := range object.SortedKeys(bodies) {
		list = append(list, want(t, name, bodies[name]))
	}
	return list
}
