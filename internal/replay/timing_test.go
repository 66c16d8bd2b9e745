package replay

import (
	"testing"
	"time"

	"ddmon/internal/ddtest/recordingtest"
)

// TestPhases: the transitions of all 60 phases, each run separately, are within the intervals that one run reports, and
// reach both bounds.
func TestPhases(t *testing.T) {
	rec := recordingtest.New(t, recordingtest.Gauge("m", "a:1", "0x37 5x60 1x20 7x1 0x60 9x7 0x2 _x20 3x4")+`series "m" {
 tags = ["a:2"]
 type = "gauge"
 start = "+7s"
 interval = "20s"
 values = "1x60 4 0x50 8x30"
}
`, nil)
	for _, q := range []string{
		"avg(last_5m):sum:m{*} > 4", "max(last_1m):avg:m{a:1} > 4", "min(last_2m):max:m{*}.rollup(max, 45) > 3",
		"sum(last_10m):count_nonzero(avg:m{*} by {a}) > 20", "avg(last_3m):default_zero(avg:m{a:1}) < 1",
		"avg(last_5m):moving_rollup(avg:m{a:2}, 120, 'max') > 4", "change(avg(last_3m),last_5m):avg:m{a:1} > 2",
	} {
		m := query(q, "on_missing_data", "show_no_data", "evaluation_delay", 7)
		all := only(t, replayed(t, rec, m, Options{}))
		type bounds struct{ first, last time.Time }
		alone := map[int]*bounds{}
		alike := 0
		for phase := range 60 {
			g := only(t, replayed(t, rec, m, Options{Phase: phase, OnePhase: true}))
			if !sameHistory(g.Transitions, all.Transitions) {
				continue
			}
			alike++
			for i, x := range g.Transitions {
				b := alone[i]
				if b == nil {
					alone[i] = &bounds{x.At, x.At}
					continue
				}
				if x.At.Before(b.first) {
					b.first = x.At
				}
				if x.At.After(b.last) {
					b.last = x.At
				}
			}
		}
		if len(all.Transitions) == 0 {
			t.Errorf("%s: nothing happens", q)
		}
		for i, x := range all.Transitions {
			b := alone[i]
			if alike == 60 && (!x.Earliest.Equal(b.first) || !x.Latest.Equal(b.last)) {
				t.Errorf("%s, transition %d to %s: %s to %s, but alone they are %s to %s", q, i, x.To, x.Earliest, x.Latest, b.first, b.last)
			}
			if b.first.Before(x.Earliest) || b.last.After(x.Latest) {
				t.Errorf("%s, transition %d to %s: %s to %s leaves out %s to %s", q, i, x.To, x.Earliest, x.Latest, b.first, b.last)
			}
		}
	}
}

// TestPhaseRanges: the seconds of a range give the same result. All 60 seconds are run, so the search for ranges cannot
// leave out one that differs.
func TestPhaseRanges(t *testing.T) {
	rec := recordingtest.New(t, recordingtest.Gauge("m", "a:1", "0x37 5x60 1x20 7x1 0x60 9x7 0x2 _x20 3x4")+
		recordingtest.Series("n", "count", "a:1", "_x50 3x9 _x30 4x7 _x60"), nil)
	variables := []any{map[string]any{"name": "a", "data_source": "metrics", "query": "sum:m{*}.rollup(max, 45)", "aggregator": "max"}}
	for _, m := range []Monitor{
		query("avg(last_5m):sum:m{*} > 4"), query("min(last_2m):max:m{*}.rollup(max, 45) > 3"),
		query("avg(last_5m):sum:n{*}.as_rate() / sum:m{*} > 0.05"), query("avg(last_3m):default(avg:m{*}, 2) < 1"),
		query("max(last_1m):default_zero(sum:n{*}.as_rate()) > 0.1"), query(`formula("a").last("3m") > 4`, "variables", variables),
	} {
		all, err := Run([]Monitor{m}, rec, Options{})
		if err != nil || !all.Monitors[0].Evaluated {
			t.Fatal(err, all.Monitors[0].Reason)
		}
		possible := map[string]bool{}
		for _, g := range all.Monitors[0].Groups {
			for _, x := range append(g.Transitions, g.Elsewhere...) {
				for at := x.Earliest; !at.After(x.Latest); at = at.Add(time.Second) {
					possible[x.To.String()+at.Format(time.TimeOnly)] = true
				}
			}
		}
		for phase := range 60 {
			for _, x := range only(t, replayed(t, rec, m, Options{Phase: phase, OnePhase: true})).Transitions {
				if !possible[x.To.String()+x.At.Format(time.TimeOnly)] {
					t.Errorf("%s at second %d: %s at %s is outside of what all seconds give", m.Body["query"], phase, x.To, x.At.Format(time.TimeOnly))
				}
			}
		}
	}
}

// TestPhasesOfARange: all seconds of a range change status in the same evaluations. Samples once a minute leave few
// ranges, so that the boundaries of the buckets of an explicit rollup must start their own.
func TestPhasesOfARange(t *testing.T) {
	text := ""
	for i := range 120 {
		text += " " + []string{"1", "9", "4", "7", "2", "8", "3"}[i*i%7]
	}
	rec := recordingtest.New(t, "series \"m\" {\n type = \"gauge\"\n interval = \"25s\"\n start = \"+3s\"\n values = \""+text+"\"\n}\n"+
		"series \"n\" {\n type = \"gauge\"\n interval = \"1m\"\n start = \"+3s\"\n values = \""+text[:100]+"\"\n}\n", nil)
	variable := func(q string) []any {
		return []any{map[string]any{"name": "a", "data_source": "metrics", "query": q, "aggregator": "max"}}
	}
	for _, m := range []Monitor{
		query("max(last_2m):avg:n{*}.rollup(max, 45) > 7"), query("sum(last_3m):avg:n{*}.rollup(sum, 100) > 7"), query("min(last_2m):avg:n{*}.rollup(min, 70) > 3"),
		query(`formula("a").last("2m") > 7`, "variables", variable("avg:n{*}.rollup(max, 45)")),
		query(`formula("a").last("3m") > 7`, "variables", variable("avg:n{*}.rollup(sum, 100)")),
		query("avg(last_2m):default_zero(avg:n{*}.rollup(max, 45)) > 4"), query("avg(last_1m):avg:m{*} > 4"),
	} {
		c, err := compile(m, rec, Options{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range c.phases() {
			first := c.run(r.first, false)[0].changes
			for phase := r.first + 1000; phase <= r.last; phase += 1000 {
				changes := c.run(phase, false)[0].changes
				same := sameChanges(first, changes)
				for i := range changes {
					same = same && changes[i].at-first[i].at == phase-r.first
				}
				if !same {
					t.Fatalf("%s: second %d differs from second %d of its range", m.Body["query"], phase/1000, r.first/1000)
				}
			}
		}
	}
}

// TestPhaseBreaks: each second at which a sample enters or leaves the window starts a range, also if there are as many as
// seconds.
func TestPhaseBreaks(t *testing.T) {
	for count := range 200 {
		p, want := newPhases(60_000, nil), map[int64]bool{0: true}
		var times []int64
		for i := range int64(count) {
			times = append(times, i*7_000+i*i%13*100)
		}
		shifts := []int64{0, 301_000}[:1+count%2]
		p.samples(times, shifts)
		for _, at := range times {
			for _, shift := range shifts {
				want[(at+1+shift+999)/1000%60] = true
			}
		}
		ranges := p.ranges()
		for _, r := range ranges {
			if !want[r.first/1000] {
				t.Errorf("%d samples: a range starts at %d", count, r.first)
			}
		}
		if len(ranges) != len(want) {
			t.Errorf("%d samples: %d ranges, want %d", count, len(ranges), len(want))
		}
	}
}

func sameHistory(a, b []Transition) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].From != b[i].From || a[i].To != b[i].To {
			return false
		}
	}
	return true
}
