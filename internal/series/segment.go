package series

import (
	"iter"
	"sort"
	"time"

	"github.com/hashicorp/hcl/v2"
)

// Type is the type of a metric.
type Type string

// The value of a count is the count over the interval before the sample. The value of a rate is that count per second.
// The values of a service check are 0 (ok), 1 (warning), 2 (critical) and 3 (unknown).
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
	// Unit is Datadog's name of the unit, such as "message"; empty if not set.
	Unit string
	// Segments are sorted by time and do not overlap. Samples can be missing between them.
	Segments []Segment
	// Blocks are the blocks of the series, sorted by time.
	Blocks []Block
	// Range is the header of the first block.
	Range hcl.Range
}

// Block is one series block of a recording.
type Block struct {
	// The samples are in [From, To), Interval apart unless they were read from CSV.
	From, To int64
	Interval time.Duration
	// Chosen says why these values were chosen. It is empty for values from the source.
	Chosen string
	Range  hcl.Range
}

// Segment is a run of samples without gaps. It is a line (no lists), values on a grid (Values) or values at times
// (Values and Times), so that constant values need no memory.
type Segment struct {
	// Start is the time of the first sample. Interval is the time between samples in milliseconds; with Times it is
	// nominal.
	Start, Interval int64
	Count           int
	// First and Step define the line: sample i is First + i*Step.
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

// Last returns the time of the last sample.
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

// cut returns the samples [i, j) as a segment that shares the lists.
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

// In yields the segments in [from, to), cut to that range, without copying samples.
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

// Points yields the time and value of each sample in [from, to).
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

// Len returns the number of samples.
func (s *Series) Len() int {
	n := 0
	for i := range s.Segments {
		n += s.Segments[i].Count
	}
	return n
}
