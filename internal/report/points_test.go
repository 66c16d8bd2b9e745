package report

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// sample is a point in the page's script.
type sample struct {
	At    int64
	Value float64
}

// expand expands runs like the script does; gaps are the times of the samples after a gap.
func expand(runs []run) (all []sample, gaps []int64) {
	for _, r := range runs {
		if r.Gap {
			gaps = append(gaps, r.T)
		}
		for i := range max(r.N, len(r.V)) {
			s := sample{At: r.T + int64(i)*r.I}
			if r.X != nil {
				s.At = r.T + r.X[i]
			}
			if s.Value = r.V[0]; r.N == 0 {
				s.Value = r.V[i]
			}
			all = append(all, s)
		}
	}
	return all, gaps
}

func TestEncode(t *testing.T) {
	line := func(start int64, n int, first, step float64) series.Segment {
		return series.Segment{Start: start, Interval: 10, Count: n, First: first, Step: step}
	}
	list := series.Segment{Start: 100, Interval: 10, Count: 3, Values: []float64{5, 7, 6}}
	timed := series.Segment{Start: 100, Interval: 10, Count: 2, Values: []float64{1, 2}, Times: []int64{100, 113}}
	for _, c := range []struct {
		name string
		in   []series.Segment
		want []run
	}{
		{"constant", []series.Segment{line(0, 1000000, 3, 0)}, []run{{T: 0, I: 10, N: 1000000, V: []float64{3}}}},
		{"line", []series.Segment{line(0, 3, 0, 2)}, []run{{T: 0, I: 10, V: []float64{0, 2, 4}}}},
		{"list", []series.Segment{list}, []run{{T: 100, I: 10, V: []float64{5, 7, 6}}}},
		{"times", []series.Segment{timed}, []run{{T: 100, V: []float64{1, 2}, X: []int64{0, 13}}}},
		{"goes on", []series.Segment{line(80, 2, 1, 0), list}, []run{{T: 80, I: 10, N: 2, V: []float64{1}}, {T: 100, I: 10, V: []float64{5, 7, 6}}}},
		{"a sample is missing", []series.Segment{line(70, 2, 1, 0), list}, []run{{T: 70, I: 10, N: 2, V: []float64{1}}, {T: 100, I: 10, V: []float64{5, 7, 6}, Gap: true}}},
		{"digits", []series.Segment{line(0, 2, 0.1+0.2, 0)}, []run{{T: 0, I: 10, N: 2, V: []float64{0.3}}}},
		{"nothing", nil, nil},
	} {
		if d := cmp.Diff(c.want, encode(c.in, maxPoints)); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

// TestThinned: few samples are drawn, in order, and they include the first minimum and the first maximum.
func TestThinned(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{300, 3001, 50_000} {
		s := series.Segment{Start: 1000, Interval: 15_000, Count: n, Values: make([]float64, n)}
		low, high := math.Inf(1), math.Inf(-1)
		for i := range s.Values {
			s.Values[i] = math.Round(random.NormFloat64() * 100)
			low, high = min(low, s.Values[i]), max(high, s.Values[i])
		}
		const room = 200
		drawn, _ := expand(encode([]series.Segment{s}, room))
		if len(drawn) > room+4 || len(drawn) < room/2 {
			t.Errorf("%d samples become %d", n, len(drawn))
		}
		gotLow, gotHigh := math.Inf(1), math.Inf(-1)
		for i, d := range drawn {
			gotLow, gotHigh = min(gotLow, d.Value), max(gotHigh, d.Value)
			if i > 0 && d.At <= drawn[i-1].At {
				t.Fatalf("%d samples: %d comes after %d", n, d.At, drawn[i-1].At)
			}
			if k := (d.At - s.Start) / s.Interval; s.Values[k] != d.Value {
				t.Fatalf("%d samples: at %d there is no %g", n, d.At, d.Value)
			}
		}
		if gotLow != low || gotHigh != high {
			t.Errorf("%d samples from %g to %g are drawn from %g to %g", n, low, high, gotLow, gotHigh)
		}
	}
}

// TestValueSegments: each evaluation with a value is drawn at its time, and missing values leave a gap.
func TestValueSegments(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		var values []replay.Value
		var want []sample
		var wantGaps []int64
		missing := false
		for i := range random.IntN(60) {
			v := replay.Value{At: time.UnixMilli(int64(i) * 60_000), Value: float64(random.IntN(100) / 60), HasValue: random.IntN(9) > 0}
			values = append(values, v)
			if !v.HasValue {
				missing = true
				continue
			}
			at := v.At.UnixMilli()
			if missing && len(want) > 0 {
				wantGaps = append(wantGaps, at)
			}
			missing = false
			want = append(want, sample{at, v.Value})
		}
		got, gaps := expand(encode(valueSegments(values, 60_000), maxPoints))
		if d := cmp.Diff(want, got) + cmp.Diff(wantGaps, gaps); d != "" {
			t.Fatal(d)
		}
	}
}

func TestSix(t *testing.T) {
	for in, want := range map[float64]float64{0: 0, 1.23456789: 1.23457, 123456789: 123457000, math.Inf(1): 0, math.Inf(-1): 0, math.MaxFloat64: 1.79769e308} {
		if got := sixDigits(in); got != want {
			t.Errorf("sixDigits(%g) is %g, not %g", in, got, want)
		}
	}
	if sixDigits(math.NaN()) != 0 {
		t.Error("NaN cannot be written as JSON")
	}
}
