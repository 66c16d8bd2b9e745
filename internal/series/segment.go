package series

import (
	"iter"
	"sort"
	"time"

	"github.com/hashicorp/hcl/v2"
)

// Type is the type of a metric.
type Type string

// A count's value is what was counted in the interval before the sample, a rate's the same per second. The values
// of a service check are 0 (ok), 1 (warning), 2 (critical) and 3 (unknown).
const (
	Gauge        Type = "gauge"
	Count        Type = "count"
	Rate         Type = "rate"
	ServiceCheck Type = "service_check"
)

// Series is one source of samples: a metric under one set of tags.
type Series struct {
	Metric string
	// Tags are key:value, sorted.
	Tags []string
	Type Type
	// Unit is Datadog's name of it, such as "message"; empty if not said.
	Unit string
	// Segments are ordered by time and do not overlap; between them there may be samples missing.
	Segments []Segment
	// Pieces are the blocks that the series is made of, ordered by time.
	Pieces []Piece
	// Range is the header of its first block.
	Range hcl.Range
}

// Piece is one block of a series, and where its values are from.
type Piece struct {
	// [From, To) holds its samples; they are Interval apart, unless they were read from CSV.
	From, To int64
	Interval time.Duration
	// Chosen says why these values were chosen; empty for values of the source.
	Chosen string
	Range  hcl.Range
}

// Segment is a stretch of samples without gap. It has one of three shapes, told apart by At: a straight line (no
// lists), values on a grid (Values), or values at times (Values and Times). So a constant day costs nothing.
type Segment struct {
	// Start is the time of the first sample; Interval the milliseconds between two (with Times: nominally).
	Start, Interval int64
	Count           int
	// First and Step make the line: sample i is First + i*Step.
	First, Step float64
	Values      []float64
	Times       []int64
}

// At returns sample i, 0 <= i < Count.
func (s *Segment) At(i int) (at int64, value float64) {
	at = s.Start + int64(i)*s.Interval
	if s.Times != nil {
		at = s.Times[i]
	}
	if s.Values != nil {
		return at, s.Values[i]
	}
	return at, s.First + float64(i)*s.Step
}

// Last is the time of the last sample.
func (s *Segment) Last() int64 {
	if s.Times != nil {
		return s.Times[s.Count-1]
	}
	return s.Start + int64(s.Count-1)*s.Interval
}

// index returns the number of samples before t.
func (s *Segment) index(t int64) int {
	if s.Times != nil {
		return sort.Search(s.Count, func(i int) bool { return s.Times[i] >= t })
	}
	if t <= s.Start {
		return 0
	}
	return int(min(int64(s.Count), (t-s.Start+s.Interval-1)/s.Interval))
}

// cut returns samples [i, j) as a segment that shares the lists.
func (s *Segment) cut(i, j int) Segment {
	part := Segment{Interval: s.Interval, Count: j - i, Step: s.Step}
	part.Start, part.First = s.At(i)
	if s.Values != nil {
		part.Values = s.Values[i:j]
	}
	if s.Times != nil {
		part.Times = s.Times[i:j]
	}
	return part
}

// In yields what of the segments lies in [from, to), cut to it, without copying samples.
func (s *Series) In(from, to int64) iter.Seq[Segment] {
	return func(yield func(Segment) bool) {
		first := sort.Search(len(s.Segments), func(i int) bool { return s.Segments[i].Last() >= from })
		for k := first; k < len(s.Segments) && s.Segments[k].Start < to; k++ {
			segment := &s.Segments[k]
			i, j := segment.index(from), segment.index(to)
			if i < j && !yield(segment.cut(i, j)) {
				return
			}
		}
	}
}

// Points yields the samples in [from, to): time and value.
func (s *Series) Points(from, to int64) iter.Seq2[int64, float64] {
	return func(yield func(int64, float64) bool) {
		for segment := range s.In(from, to) {
			for i := range segment.Count {
				if !yield(segment.At(i)) {
					return
				}
			}
		}
	}
}

// Before returns the last sample before t.
func (s *Series) Before(t int64) (at int64, value float64, ok bool) {
	k := sort.Search(len(s.Segments), func(i int) bool { return s.Segments[i].Start >= t }) - 1
	if k < 0 {
		return 0, 0, false
	}
	segment := &s.Segments[k]
	at, value = segment.At(segment.index(t) - 1)
	return at, value, true
}

// Len is the number of samples.
func (s *Series) Len() int {
	n := 0
	for i := range s.Segments {
		n += s.Segments[i].Count
	}
	return n
}
