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

// Values of the metric m: above 5 during the incident (minutes 30 to 45), and twice for three minutes on a good day.
const (
	bad  = "0x120 10x60 0x60"
	good = "0x40 10x12 0x40 8x12 0x136"
	flat = "0x240"
)

func TestCompare(t *testing.T) {
	const (
		soon        = `{"query":"min(last_1m):sum:m{*} > 5","message":"m @a","name":"n"}`
		late        = `{"query":"min(last_10m):sum:m{*} > 5","message":"m @a","name":"n"}`
		never       = `{"query":"min(last_1m):sum:m{*} > 50","message":"m @a","name":"n"}`
		first       = `{"query":"min(last_1m):sum:m{*} > 9","message":"m @a","name":"n"}`
		silent      = `{"query":"min(last_1m):sum:m{*} > 5","message":"m","name":"n"}`
		silentLate  = `{"query":"min(last_10m):sum:m{*} > 5","message":"m","name":"n"}`
		others      = `{"query":"min(last_1m):sum:m{*} > 5","message":"m @b","name":"n"}`
		after       = `{"query":"min(last_14m):sum:m{*} > 5","message":"m @a","name":"n","options":{"evaluation_delay":300}}`
		anomaly     = `{"query":"avg(last_1h):anomalies(avg:m{*}, 'basic', 2) >= 1","message":"m @a","name":"n"}`
		otherMetric = `{"query":"min(last_1m):sum:elsewhere{*} > 5","message":"m @a","name":"n"}`
		logs        = `{"type":"log alert","query":"logs(\"x\").index(\"*\").rollup(\"count\").last(\"5m\") > 5","message":"m @a","name":"n"}`
		warned      = `{"query":"min(last_1m):sum:m{*} > 50","message":"m @a","name":"n","options":{"thresholds":{"critical":50,"warning":5}}}`
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
				"monitor.a: alerts in i after 1m45s, would alert after 10m45s [later]",
				"the stack: alerts in i after 1m45s via monitor.a, would alert after 10m45s via monitor.a [later]",
			},
			regressions: 2,
		},
		{
			name: "earlier",
			live: m("a", late), desired: m("a", soon), recordings: incident,
			want: []string{
				"monitor.a: alerts in i after 10m45s, would alert after 1m45s [earlier]",
				"the stack: alerts in i after 10m45s via monitor.a, would alert after 1m45s via monitor.a [earlier]",
			},
		},
		{
			name: "no longer detected",
			live: m("a", soon), desired: m("a", never), recordings: incident,
			want: []string{
				"monitor.a: would no longer detect i (no other monitor detects it) [no longer detected]",
				"the stack: would no longer detect i [no longer detected]",
			},
			regressions: 2,
		},
		{
			name: "no longer detected by one, still by another",
			live: m("a", soon, "b", late), desired: m("a", never, "b", late), recordings: incident,
			want: []string{
				"monitor.a: would no longer detect i (still detected by monitor.b) [no longer detected]",
				"the stack: alerts in i after 1m45s via monitor.a, would alert after 10m45s via monitor.b [later]",
			},
			regressions: 2,
		},
		{
			name: "newly detected",
			live: m("a", never), desired: m("a", soon), recordings: incident,
			want: []string{
				"monitor.a: would detect i after 1m45s [newly detected]",
				"the stack: would detect i after 1m45s via monitor.a [newly detected]",
			},
		},
		{
			name: "no change",
			live: m("a", soon), desired: m("a", soon[:len(soon)-1]+`,"priority":2}`), recordings: incident,
			want: []string{
				"monitor.a: alerts in i after 1m45s [no change]",
				"the stack: alerts in i after 1m45s via monitor.a [no change]",
			},
		},
		{name: "nothing changes", live: m("a", soon), desired: m("a", soon), recordings: incident},
		{
			name: "different recipients",
			live: m("a", soon), desired: m("a", others), recordings: incident,
			want: []string{
				"monitor.a: alerts in i after 1m45s, would no longer notify @a, would also notify @b [different]",
				"the stack: alerts in i after 1m45s via monitor.a, would no longer notify @a, would also notify @b [different]",
			},
		},
		{
			name: "notifies after the incident",
			live: m("a", soon), desired: m("a", after), recordings: incident,
			want: []string{
				"monitor.a: would no longer detect i (would alert only after it is over; no other monitor detects it) [no longer detected]",
				"the stack: would no longer detect i (would alert only after it is over) [no longer detected]",
			},
			regressions: 2,
		},
		{
			name: "detected by a warning",
			live: m("a", soon), desired: m("a", warned), recordings: incident,
			want: []string{
				"monitor.a: alerts in i after 1m45s, would notify as Warn [different]",
				"the stack: alerts in i after 1m45s via monitor.a, would notify as Warn [different]",
			},
		},
		{
			name: "no recipients any more",
			live: m("a", soon), desired: m("a", silent), recordings: incident,
			want: []string{
				"monitor.a: would no longer detect i (would alert after 1m45s but notify no one; no other monitor detects it) [no longer detected]",
				"the stack: would no longer detect i [no longer detected]",
			},
			regressions: 2,
		},
		{
			name: "no recipients, at another time",
			live: m("a", silent), desired: m("a", silentLate), recordings: incident,
			want: []string{
				"monitor.a: alerts in i after 1m45s but notifies no one; would alert after 10m45s but notify no one [different]",
				"the stack: does not detect i [no change]",
			},
		},
		{
			name: "created",
			live: m(), desired: m("a", soon), recordings: incident,
			want: []string{
				"monitor.a: would detect i after 1m45s [newly detected]",
				"the stack: would detect i after 1m45s via monitor.a [newly detected]",
			},
		},
		{
			name: "created, never alerts",
			live: m(), desired: m("a", never), recordings: incident,
			want: []string{
				"monitor.a: would not alert in i [no change]",
				"the stack: would not detect i [no change]",
			},
		},
		{
			name: "deleted",
			live: m("a", soon), desired: m(), recordings: incident,
			want: []string{
				"monitor.a: would no longer detect i (no other monitor detects it) [no longer detected]",
				"the stack: would no longer detect i [no longer detected]",
			},
			regressions: 2,
		},
		{
			name: "deleted, never alerts",
			live: m("a", never), desired: m(), recordings: incident,
			want: []string{
				"monitor.a: did not alert in i [no change]",
				"the stack: did not detect i [no change]",
			},
		},
		{
			name: "not evaluated",
			live: m("a", soon, "b", late), desired: m("a", anomaly, "b", soon), recordings: incident,
			want: []string{
				"monitor.b: alerts in i after 10m45s, would alert after 1m45s [earlier]",
				"the stack: alerts in i after 10m45s via monitor.b, would alert after 1m45s via monitor.b [earlier]",
				"monitor.a: not evaluated: the function anomalies is not supported [not evaluated]",
			},
		},
		{
			name: "new false alarms",
			live: m("a", never), desired: m("a", soon), recordings: day,
			want: []string{
				"monitor.a: would raise 2 false alarms in d [new false alarms]",
				"the stack: would raise 2 false alarms in d [new false alarms]",
			},
			regressions: 2,
		},
		{
			name: "more false alarms",
			live: m("a", first), desired: m("a", soon), recordings: day,
			want: []string{
				"monitor.a: raises 1 false alarm in d, would raise 2 false alarms [new false alarms]",
				"the stack: raises 1 false alarm in d, would raise 2 false alarms [new false alarms]",
			},
			regressions: 2,
		},
		{
			name: "fewer false alarms",
			live: m("a", soon), desired: m("a", first), recordings: day,
			want: []string{
				"monitor.a: raises 2 false alarms in d, would raise 1 false alarm [fewer false alarms]",
				"the stack: raises 2 false alarms in d, would raise 1 false alarm [fewer false alarms]",
			},
		},
		{
			name: "no more false alarms",
			live: m("a", soon), desired: m("a", never), recordings: day,
			want: []string{
				"monitor.a: raises 2 false alarms in d, would raise none [fewer false alarms]",
				"the stack: raises 2 false alarms in d, would raise none [fewer false alarms]",
			},
		},
		{
			name: "same number of false alarms",
			live: m("a", soon), desired: m("a", others), recordings: day,
			want: []string{
				"monitor.a: raises 2 false alarms in d [no change]",
				"the stack: raises 2 false alarms in d [no change]",
			},
		},
		{
			name: "created and a false alarm",
			live: m(), desired: m("a", first), recordings: day,
			want: []string{
				"monitor.a: would raise 1 false alarm in d [new false alarms]",
				"the stack: would raise 1 false alarm in d [new false alarms]",
			},
			regressions: 2,
		},
		{
			name: "a recording without the metric",
			live: m("a", otherMetric), desired: m("a", otherMetric[:len(otherMetric)-1]+`,"priority":2}`), recordings: incident,
			skipped: 1,
		},
		{
			name: "a metric without recorded data",
			live: m("a", soon), desired: m("a", otherMetric), recordings: incident,
			want: []string{
				"monitor.a: would no longer detect i (elsewhere is not in the recording; no other monitor detects it) [no longer detected]",
				"the stack: would no longer detect i [no longer detected]",
			},
			regressions: 2,
		},
		{
			name: "a composite whose member changes", live: m("a", silent, "b", silent, "c", both), desired: m("a", never, "b", silent, "c", both),
			recordings: incident,
			want: []string{
				"monitor.a: alerts in i after 1m45s but notifies no one; would not alert [different]",
				"monitor.c: would no longer detect i (no other monitor detects it) [no longer detected]",
				"the stack: would no longer detect i [no longer detected]",
			},
			regressions: 2,
		},
		{
			name: "a composite that is created with its members", live: m(), desired: m("a", silent, "b", silent, "c", both),
			recordings: incident,
			want: []string{
				"monitor.a: would alert in i after 1m45s but notify no one [no change]",
				"monitor.b: would alert in i after 1m45s but notify no one [no change]",
				"monitor.c: would detect i after 2m44s [newly detected]",
				"the stack: would detect i after 2m44s via monitor.c [newly detected]",
			},
		},
		{
			name: "false alarms before an incident", live: m("a", never), desired: m("a", soon),
			recordings: func(t *testing.T) []*series.Recording {
				return []*series.Recording{recorded(t, "i", "0x20 10x20 0x80 10x60 0x60", true)}
			},
			want: []string{
				"monitor.a: would detect i after 1m45s; outside the incident, would raise 1 false alarm [new false alarms]",
				"the stack: would detect i after 1m45s via monitor.a; outside the incident, would raise 1 false alarm [new false alarms]",
			},
			regressions: 2,
		},
		{
			name: "detected at some phases only", live: m("a", soon, "b", late), desired: m("a", first, "b", never),
			recordings: func(t *testing.T) []*series.Recording {
				return []*series.Recording{recorded(t, "i", "0x120 6x40 10x4 6x16 0x60", true)}
			},
			want: []string{
				"monitor.a: alerts in i after 1m45s, would alert after 10m46s at best, in 25% of cases [later]",
				"monitor.b: would no longer detect i (still detected by monitor.a) [no longer detected]",
				"the stack: alerts in i after 1m45s via monitor.a, would alert after 10m46s at best, in 25% of cases via monitor.a [later]",
			},
			regressions: 3,
		},
		{
			name: "different type", live: m("a", soon), desired: m("a", logs), recordings: incident,
			want: []string{
				"monitor.a: would no longer detect i (there are no logs in the recording; no other monitor detects it) [no longer detected]",
				"the stack: would no longer detect i [no longer detected]",
			},
			regressions: 2,
		},
		{
			name: "a good day on which nothing happens", live: m("a", soon), desired: m("a", late),
			recordings: func(t *testing.T) []*series.Recording { return []*series.Recording{recorded(t, "d", flat, false)} },
			want: []string{
				"monitor.a: raises no false alarms in d [no change]",
				"the stack: raises no false alarms in d [no change]",
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

// TestDeposed: a monitor deposed by an interrupted replacement is the live side of its successor. Its deletion is not a
// regression.
func TestDeposed(t *testing.T) {
	a := want(t, "a", `{"query":"min(last_1m):sum:m{*} > 5","message":"m @a","name":"n"}`)
	old := applied(t, []*object.Object{a})
	old[0].Marker.Replaced = true
	successor := applied(t, []*object.Object{a, a})[1]
	recs := []*series.Recording{recorded(t, "i", bad, true)}
	for name, live := range map[string][]*object.Object{"before the successor": old, "after it": {old[0], successor}} {
		r := behaviour.Compare(build(t, []*object.Object{a}, live), recs, behaviour.Options{})
		for _, e := range r.Regressions() {
			t.Errorf("%s: %s", name, e.Text)
		}
	}
}

// TestGroups: each group raises its own alarm, unless notify_by combines them.
func TestGroups(t *testing.T) {
	rec := recordingtest.New(t, "name = \"d\"\n"+recordingtest.Gauge("g", "host:a", "0x120 9x20 0x100")+recordingtest.Gauge("g", "host:b", "0x120 9x20 0x100"), nil)
	grouped := `{"query":"min(last_1m):sum:g{*} by {host} > 5","message":"m @a","name":"n"%s}`
	tests := map[string]string{
		"":                               "monitor.a: would raise 2 false alarms in d [new false alarms]",
		`,"options":{"notify_by":["*"]}`: "monitor.a: would raise 1 false alarm in d [new false alarms]",
	}
	for options, wanted := range tests {
		desired := []*object.Object{want(t, "a", strings.Replace(grouped, "%s", options, 1))}
		r := behaviour.Compare(build(t, desired, nil), []*series.Recording{rec}, behaviour.Options{})
		if got := texts(r)[0]; got != wanted {
			t.Errorf("%s: %s", options, got)
		}
	}
}

// TestInvalidOptions: an option that the replay rejects becomes a reason, not a panic.
func TestInvalidOptions(t *testing.T) {
	p := build(t, []*object.Object{want(t, "a", `{"query":"min(last_1m):sum:m{*} > 5","message":"m @a","name":"n"}`)}, nil)
	r := behaviour.Compare(p, []*series.Recording{recorded(t, "i", bad, true)}, behaviour.Options{Replay: replay.Options{Phase: 77}})
	if len(r.NotEvaluated) != 1 || !strings.Contains(r.NotEvaluated[0].Text, "77") || len(r.Recordings) != 0 {
		t.Errorf("%+v", r)
	}
}

// m returns a map from names to bodies.
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
