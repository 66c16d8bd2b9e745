package evaluate

import (
	"math"
	"sort"

	"ddmon/internal/series"
)

// Never is later than every time of a recording.
const Never = math.MaxInt64

// Samples is one stream of numbers with their times (Unix milliseconds, ascending). Logs and events become streams
// too: of their measure, or for a cardinality of a number for each different text.
type Samples struct {
	At     []int64
	Values []float64
}

// Read flattens a series. scale turns a sample and the milliseconds it stands for into the number that the query
// asks for.
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

// SearchSteps is what finding a time among samples costs.
const SearchSteps = 10

// index is the number of samples before t.
func (s *Samples) index(t int64) int {
	return sort.Search(len(s.At), func(i int) bool { return s.At[i] >= t })
}

// in returns the values of [from, to).
func (s *Samples) in(from, to int64) []float64 {
	i := s.index(from)
	return s.Values[i:max(i, s.index(to))]
}

// Any reports whether there is a sample in [from, to).
func (s *Samples) Any(from, to int64) bool {
	i := s.index(from)
	return i < len(s.At) && s.At[i] < to
}

// First returns the time of the first sample, never if there is none.
func (s *Samples) First() int64 {
	if len(s.At) == 0 {
		return Never
	}
	return s.At[0]
}
