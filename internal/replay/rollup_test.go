package replay

import (
	"math"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestBuckets is monitors/guide/why-rollup-should-not-be-used…: buckets are aligned to UNIX time, one that starts before
// the window is left out, the last one is kept however little of it is there.
func TestBuckets(t *testing.T) {
	at := func(clock string) int64 {
		t, err := time.Parse(time.TimeOnly, clock)
		if err != nil {
			panic(err)
		}
		return t.AddDate(2025, 0, 0).UnixMilli()
	}
	for _, test := range []struct {
		from, to string
		whole    bool
		want     []string
	}{
		{"17:13:02", "17:23:02", true, []string{"17:15:00", "17:20:00"}},
		{"17:10:00", "17:20:00", true, []string{"17:10:00", "17:15:00"}},
		{"17:10:01", "17:20:00", true, []string{"17:15:00"}},
		{"17:10:00", "17:20:01", true, []string{"17:10:00", "17:15:00", "17:20:00"}},
		{"17:13:02", "17:23:02", false, []string{"17:10:00", "17:15:00", "17:20:00"}},
		{"17:11:00", "17:12:00", true, nil},
		{"17:11:00", "17:12:00", false, []string{"17:10:00"}},
	} {
		g := newGrid(at(test.from), at(test.to), 5*minute, test.whole)
		var got []string
		for i := range g.n {
			got = append(got, time.UnixMilli(g.start(i)).UTC().Format(time.TimeOnly))
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s to %s, whole %t: %s", test.from, test.to, test.whole, diff)
		}
	}
}

// TestPartialBuckets: the sum of a last bucket that is hardly begun is small, which alerts below a threshold by mistake.
func TestPartialBuckets(t *testing.T) {
	rec := recorded(t, one("m", "count", "", "1x240"), nil)
	sum := func(q string, phase int) float64 {
		g := only(t, replayed(t, rec, query(q), Options{Phase: phase, OnePhase: true, Values: true}))
		return g.Values[10].Value
	}
	for _, test := range []struct {
		query string
		phase int
		want  float64
	}{
		{"min(last_10m):sum:m{*}.rollup(sum, 300) < 0", 0, 20},
		{"min(last_10m):sum:m{*}.rollup(sum, 300) < 0", 1, 1},
		{"sum(last_10m):sum:m{*}.as_count() < 0", 0, 40},
		{"sum(last_10m):sum:m{*}.as_count() < 0", 31, 40}, // by default no bucket is left out
	} {
		if got := sum(test.query, test.phase); got != test.want {
			t.Errorf("%s at phase %d: %v, want %v", test.query, test.phase, got, test.want)
		}
	}
}

// TestInterpolation is dashboards/functions/interpolation.md: linear up to five minutes by default, .fill() overrides.
func TestInterpolation(t *testing.T) {
	const none = 99
	n := math.NaN()
	for _, test := range []struct {
		name string
		fill filler
		in   []float64
		want []float64
	}{
		{"linear", filler{"linear", 300_000}, []float64{1, n, n, 4}, []float64{1, 2, 3, 4}},
		{"linear without end", filler{"linear", 300_000}, []float64{1, n, n}, []float64{1, 1, 1}},
		{"nothing before", filler{"linear", 300_000}, []float64{n, n, 3}, []float64{n, n, 3}},
		{"limit", filler{"linear", 60_000}, []float64{0, n, n, 3}, []float64{0, 1, n, 3}},
		{"last", filler{"last", 300_000}, []float64{1, n, n, 4}, []float64{1, 1, 1, 4}},
		{"zero", filler{"zero", 300_000}, []float64{1, n, n, 4}, []float64{1, 0, 0, 4}},
		{"null", filler{"null", 0}, []float64{1, n, 4}, []float64{1, n, 4}},
	} {
		s := &samples{}
		for i, v := range test.in {
			if v != none && !missing(v) {
				s.at, s.values = append(s.at, int64(i)*minute), append(s.values, v)
			}
		}
		g := newGrid(0, int64(len(test.in))*minute, minute, false)
		r, out := roll(s, minute, average, nil), make([]float64, len(test.in))
		r.fill(g, out)
		test.fill.close(r, g, out)
		if diff := cmp.Diff(test.want, out, cmpopts.EquateNaNs()); diff != "" {
			t.Errorf("%s: %s", test.name, diff)
		}
	}
	// What was seen before the window counts too.
	s := &samples{[]int64{0}, []float64{7}}
	g := newGrid(2*minute, 4*minute, minute, false)
	r, out := roll(s, minute, average, nil), make([]float64, 2)
	r.fill(g, out)
	filler{"last", 180_000}.close(r, g, out)
	if diff := cmp.Diff([]float64{7, 7}, out); diff != "" {
		t.Error(diff)
	}
}

// TestRolled compares buckets of every window with those made from scratch.
func TestRolled(t *testing.T) {
	s := &samples{}
	for i := range 60 {
		if i%7 != 0 {
			s.at, s.values = append(s.at, int64(i)*7_300), append(s.values, float64(i*i%11))
		}
	}
	r := roll(s, 20_000, sum, nil)
	for from := int64(-50_000); from < 500_000; from += 3_100 {
		for _, length := range []int64{5_000, 60_000, 130_000} {
			for _, whole := range []bool{true, false} {
				g := newGrid(from, from+length, 20_000, whole)
				got, want := make([]float64, g.n), make([]float64, g.n)
				r.fill(g, got)
				for i := range want {
					want[i] = sum(s.in(max(g.from, g.start(i)), min(g.to, g.start(i+1))))
				}
				if diff := cmp.Diff(want, got, cmpopts.EquateNaNs()); diff != "" {
					t.Fatalf("%d+%d, whole %t: %s", from, length, whole, diff)
				}
			}
		}
	}
}
