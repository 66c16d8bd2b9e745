package evaluate

import (
	"math"
	"sort"

	"ddmon/internal/series"
)

// Never is later than all times of a recording.
const Never = math.MaxInt64

// Samples has numbers with their times (Unix milliseconds, ascending). For logs and events, the numbers are their
// measure or, for a cardinality, a number per distinct string.
type Samples struct {
	At     []int64
	Values []float64
}

// Read returns the samples of a series. scale, if not nil, converts each value, given the sample interval in
// milliseconds.
func Read(s *series.Series, scale func(value float64, interval int64) float64, a *Account) *Samples {
	n := s.Len()
	a.Keep(n, SampleBytes)
	out := &Samples{make([]int64, 0, n), make([]float64, 0, n)}
	for i := range s.Segments {
		segment := &s.Segments[i]
		for k := range segment.Count {
			at, v := segment.At(k)
			if scale != nil {
				v = scale(v, segment.Interval)
			}
			out.At, out.Values = append(out.At, at), append(out.Values, v)
		}
	}
	return out
}

// SearchSteps is the cost of finding a time among samples.
const SearchSteps = 10

// index returns the number of samples before t.
func (s *Samples) index(t int64) int {
	return sort.Search(len(s.At), func(i int) bool { return s.At[i] >= t })
}

// in returns the values in [from, to).
func (s *Samples) in(from, to int64) []float64 {
	i := s.index(from)
	return s.Values[i:max(i, s.index(to))]
}

// Any reports whether there is a sample in [from, to).
func (s *Samples) Any(from, to int64) bool {
	i := s.index(from)
	return i < len(s.At) && s.At[i] < to
}

// First returns the time of the first sample, or Never.
func (s *Samples) First() int64 {
	if len(s.At) == 0 {
		return Never
	}
	return s.At[0]
}
