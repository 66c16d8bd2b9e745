package report

import (
	"math"
	"strconv"

	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// Limits of the samples that are drawn, per plot and per line. More samples are thinned out to the minimum and maximum
// of each stretch. Constant segments do not count, because they are stored as one value.
const (
	plotPoints = 5000
	minPoints  = 200
	maxPoints  = 3000
)

// encode converts the samples of a line to runs with about room samples in total.
func encode(segments []series.Segment, room int) []run {
	total := 0
	for i := range segments {
		if !constant(&segments[i]) {
			total += segments[i].Count
		}
	}
	var runs []run
	var before *series.Segment
	for i := range segments {
		s := &segments[i]
		r := encodeSegment(s, 2+room*s.Count/max(total, 1), total > room)
		r.Gap = before != nil && float64(s.Start-before.Last()) > 1.5*float64(max(before.Interval, s.Interval))
		runs = append(runs, r)
		before = s
	}
	return runs
}

func constant(s *series.Segment) bool { return s.Values == nil && s.Step == 0 }

// encodeSegment converts samples without a gap; with thin, only about room of them.
func encodeSegment(s *series.Segment, room int, thin bool) run {
	r := run{T: s.Start, I: s.Interval}
	switch {
	case constant(s):
		r.N, r.V = s.Count, []float64{sixDigits(s.First)}
		return r
	case thin && s.Count > room:
		return thinned(s, room)
	}
	if s.Times != nil {
		r.I = 0
	}
	for i := range s.Count {
		at, v := s.At(i)
		r.V = append(r.V, sixDigits(v))
		if s.Times != nil {
			r.X = append(r.X, at-s.Start)
		}
	}
	return r
}

// thinned keeps the minimum and the maximum of each stretch in their order, so that no spike is lost.
func thinned(s *series.Segment, room int) run {
	r := run{T: s.Start}
	stretch := max(2, (2*s.Count+room-1)/room)
	for from := 0; from < s.Count; from += stretch {
		low, high := from, from
		for i := from; i < min(from+stretch, s.Count); i++ {
			_, v := s.At(i)
			if _, lowest := s.At(low); v < lowest {
				low = i
			}
			if _, highest := s.At(high); v > highest {
				high = i
			}
		}
		for k, i := range []int{min(low, high), max(low, high)} {
			if k == 1 && low == high {
				break
			}
			at, v := s.At(i)
			r.X, r.V = append(r.X, at-s.Start), append(r.V, sixDigits(v))
		}
	}
	return r
}

// minRun is the minimum number of equal values for a constant segment.
const minRun = 6

// valueSegments converts evaluations to segments. A missing value ends a segment, and so does a long run of equal
// values. every is the time between evaluations; 0 means a custom schedule, whose values are not connected.
func valueSegments(values []replay.Value, every int64) []series.Segment {
	var segments []series.Segment
	open := false // the last segment can be extended
	for len(values) > 0 {
		same := equalValues(values)
		if every == 0 {
			same, open = 1, false
		}
		first := values[0]
		values = values[same:]
		if !first.HasValue {
			open = false
			continue
		}
		s := series.Segment{Start: first.At.UnixMilli(), Interval: every, Count: same, First: first.Value}
		if same >= minRun {
			segments, open = append(segments, s), false
			continue
		}
		if !open {
			segments = append(segments, series.Segment{Start: s.Start, Interval: every, Values: []float64{}})
			open = true
		}
		last := &segments[len(segments)-1]
		last.Count += same
		for range same {
			last.Values = append(last.Values, first.Value)
		}
	}
	return segments
}

// equalValues is the number of equal evaluations at the start.
func equalValues(values []replay.Value) int {
	n := 1
	for n < len(values) && values[n].HasValue == values[0].HasValue && (values[n].Value == values[0].Value || !values[0].HasValue) {
		n++
	}
	return n
}

// sixDigits rounds to six digits, more than a plot can show. It returns 0 for infinite values and NaN, which JSON
// cannot encode.
func sixDigits(v float64) float64 {
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 6, 64), 64)
	if err != nil || math.IsNaN(short) || math.IsInf(short, 0) {
		return 0
	}
	return short
}
