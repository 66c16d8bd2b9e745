package series

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shapes returns a series with a segment of each shape and gaps between them: 0 10 20 | 40 50 60 | 71 75 92.
func shapes() *Series {
	return &Series{Segments: []Segment{
		{Start: 0, Interval: 10, Count: 3, First: 1, Step: 2},
		{Start: 40, Interval: 10, Count: 3, Values: []float64{7, 8, 9}},
		{Start: 71, Interval: 10, Count: 3, Values: []float64{4, 5, 6}, Times: []int64{71, 75, 92}},
	}}
}

// TestPointsIn compares every window with a filter over all points.
func TestPointsIn(t *testing.T) {
	type point struct {
		At    int64
		Value float64
	}
	all := []point{{0, 1}, {10, 3}, {20, 5}, {40, 7}, {50, 8}, {60, 9}, {71, 4}, {75, 5}, {92, 6}}
	s := shapes()
	for from := int64(-5); from < 100; from++ {
		for to := from - 1; to < 100; to++ {
			var want, got []point
			for _, p := range all {
				if p.At >= from && p.At < to {
					want = append(want, p)
				}
			}
			for at, v := range s.Points(from, to) {
				got = append(got, point{at, v})
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("[%d,%d) (-want +got):\n%s", from, to, diff)
			}
		}
		var last *point
		for i := range all {
			if all[i].At < from {
				last = &all[i]
			}
		}
		at, value, ok := s.Before(from)
		if ok != (last != nil) || ok && (point{at, value}) != *last {
			t.Fatalf("before %d: %d %v %v, want %v", from, at, value, ok, last)
		}
	}
	if s.Len() != len(all) {
		t.Errorf("Len is %d, want %d", s.Len(), len(all))
	}
}

func TestPointsStop(t *testing.T) {
	seen := 0
	for range shapes().Points(0, 100) {
		if seen++; seen == 4 {
			break
		}
	}
	if seen != 4 {
		t.Errorf("%d points, want 4", seen)
	}
}

func TestLongRunsStayCompact(t *testing.T) {
	runs, err := parseRuns("1x5 2 0+1x5760 _x2 3x20000")
	if err != nil {
		t.Fatal(err)
	}
	segments := onGrid(runs, 0, 15000)
	if len(segments) != 3 || len(segments[0].Values) != 6 || segments[1].Values != nil || segments[2].Values != nil {
		t.Errorf("got %+v, want a list of 6 values and two linear segments", segments)
	}
	if segments[2].Start != 15000*(6+5760+2) {
		t.Errorf("the last segment starts at %d", segments[2].Start)
	}
}

// onGrid returns the segments of runs on a grid.
func onGrid(runs []Run, at, interval int64) []Segment {
	grid := newSegmentBuilder(at, interval)
	for _, run := range runs {
		grid.add(run)
	}
	return grid.flush()
}
