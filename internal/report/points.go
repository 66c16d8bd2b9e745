package report

import (
	"math"
	"strconv"

	"ddmon/internal/replay"
	"ddmon/internal/series"
)

// How many samples are drawn: of a plot, and at least and at most of a line. More than that are thinned out to the
// lowest and highest of each stretch. Constants do not count, for they cost nothing.
const (
	plotPoints = 5000
	minPoints  = 200
	maxPoints  = 3000
)

// encode turns the samples of a line into runs of about room samples.
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

// encodeSegment encodes samples without a gap, with thin only about room of them.
func encodeSegment(s *series.Segment, room int, thin bool) run {
	r := run{T: s.Start, I: s.Interval}
	switch {
	case constant(s):
		r.N, r.V = s.Count, []float64{six(s.First)}
		return r
	case thin && s.Count > room:
		return thinned(s, room)
	}
	if s.Times != nil {
		r.I = 0
	}
	for i := range s.Count {
		at, v := s.At(i)
		r.V = append(r.V, six(v))
		if s.Times != nil {
			r.X = append(r.X, at-s.Start)
		}
	}
	return r
}

// thinned keeps of each stretch the lowest and the highest sample, in their order, so that no spike is lost.
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
			r.X, r.V = append(r.X, at-s.Start), append(r.V, six(v))
		}
	}
	return r
}

// longEnough is how many equal values are worth a run of their own.
const longEnough = 6

// valueSegments turns evaluations into segments: missing ones end a segment, and so does a long stretch of equal values.
func valueSegments(values []replay.Value, every int64) []series.Segment {
	var segments []series.Segment
	open := false // the last segment is a list that goes on
	for len(values) > 0 {
		same := alike(values)
		first := values[0]
		values = values[same:]
		if !first.HasValue {
			open = false
			continue
		}
		s := series.Segment{Start: first.At.UnixMilli(), Interval: every, Count: same, First: first.Value}
		if same >= longEnough {
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

// alike is how many evaluations in a row come to the same.
func alike(values []replay.Value) int {
	n := 1
	for n < len(values) && values[n].HasValue == values[0].HasValue && (values[n].Value == values[0].Value || !values[0].HasValue) {
		n++
	}
	return n
}

// six rounds to six digits, more than a plot can show. What is not finite cannot be drawn, nor written as JSON.
func six(v float64) float64 {
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 6, 64), 64)
	if err != nil || math.IsNaN(short) || math.IsInf(short, 0) {
		return 0
	}
	return short
}
