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
