package replay

import (
	"testing"
	"time"
)

// TestConsumersGone is the derivation for the flagship incident in datadog.md, section 5.4: consumers fall from 1 to 0,
// and come back. The samples are at :02, :17, :32 and :47; it is 0 from 00:20:02 to 00:39:47.
func TestConsumersGone(t *testing.T) {
	rec := recorded(t, `series "consumers" {
 tags = []
 type = "gauge"
 start = "+2s"
 values = "1x80 0x80 1x79"
}
`, nil)
	for _, test := range []struct{ agg, alert, late, ok, lateOK string }{
		// avg and min fire with the first 0 and stay until the last one has left the window, five minutes late.
		{"avg", "00:20:03", "00:21:02", "00:44:48", "00:45:47"},
		{"min", "00:20:03", "00:21:02", "00:44:48", "00:45:47"},
		// max fires when the last 1, of 00:19:47, has left, and recovers with the first 1.
		{"max", "00:24:48", "00:25:47", "00:40:03", "00:41:02"},
	} {
		// With a bucket for each second the buckets are the samples.
		o := Options{Rollup: []Rollup{{time.Hour, time.Second}}}
		g := only(t, replayed(t, rec, query(test.agg+"(last_5m):sum:consumers{*} < 1"), o))
		if len(g.Transitions) != 2 || len(g.Elsewhere) != 0 {
			t.Fatalf("%s: %s", test.agg, story(g.Transitions))
		}
		clock := func(at time.Time) string { return at.UTC().Format(time.TimeOnly) }
		alert, ok := g.Transitions[0], g.Transitions[1]
		got := [4]string{clock(alert.Earliest), clock(alert.Latest), clock(ok.Earliest), clock(ok.Latest)}
		if want := [4]string{test.alert, test.late, test.ok, test.lateOK}; got != want {
			t.Errorf("%s: %v, want %v", test.agg, got, want)
		}
		if alert.To != Alert || ok.To != OK || alert.Share != 1 || ok.Share != 1 {
			t.Errorf("%s: %+v %+v", test.agg, alert, ok)
		}
	}
}

// TestSeriesEnds is the rest of that section: a series that ends never is below a threshold, unless the query or the
// options say what its absence means.
func TestSeriesEnds(t *testing.T) {
	rec := recorded(t, gauge("cpu", "", "20x80"), nil)
	for _, test := range []struct {
		query   string
		missing string
		want    string
	}{
		{"avg(last_5m):avg:cpu{*} < 10", "default", ""},
		{"avg(last_5m):avg:cpu{*} < 10", "show_and_notify_no_data", "00:25:00 No Data"},
		{"avg(last_5m):avg:cpu{*} < 10", "show_no_data", "00:25:00 No Data"},
		{"avg(last_5m):avg:cpu{*} < 10", "resolve", ""},
		// The last value goes on for five minutes, then it is 0; after some more the average is below 10.
		{"avg(last_5m):default_zero(avg:cpu{*}) < 10", "default", "00:28:00 Alert"},
		{"min(last_5m):default_zero(avg:cpu{*}) < 10", "default", "00:26:00 Alert"},
	} {
		g := only(t, replayed(t, rec, query(test.query, "on_missing_data", test.missing), Options{}))
		if got := story(g.Transitions); got != test.want {
			t.Errorf("%s, %s: %q, want %q", test.query, test.missing, got, test.want)
		}
	}
}

// TestPhases is the law of the intervals: all 60 phases, each run alone, lie within what one run reports, and touch both
// its ends.
func TestPhases(t *testing.T) {
	rec := recorded(t, gauge("m", "a:1", "0x37 5x60 1x20 7x1 0x60 9x7 0x2 _x20 3x4")+`series "m" {
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
			if !sameStory(g.Transitions, all.Transitions) {
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

func sameStory(a, b []Transition) bool {
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
