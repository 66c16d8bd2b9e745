package replay

import (
	"math"
	"sort"

	"ddmon/internal/series"
)

// never is later than every time of a recording.
const never = math.MaxInt64

// samples is one stream of numbers with their times (Unix milliseconds, ascending). Logs and events become streams
// too: of their measure, or for a cardinality of a number for each different text.
type samples struct {
	at     []int64
	values []float64
}

// read flattens a series. scale turns a sample and the milliseconds it stands for into the number that the query
// asks for.
func read(s *series.Series, scale func(value float64, interval int64) float64, a *account) *samples {
	n := s.Len()
	a.keep(n, sampleBytes)
	out := &samples{make([]int64, 0, n), make([]float64, 0, n)}
	for i := range s.Segments {
		segment := &s.Segments[i]
		for k := range segment.Count {
			at, v := segment.At(k)
			if scale != nil {
				v = scale(v, segment.Interval)
			}
			out.at, out.values = append(out.at, at), append(out.values, v)
		}
	}
	return out
}

// searchSteps is what finding a time among samples costs.
const searchSteps = 10

// index is the number of samples before t.
func (s *samples) index(t int64) int {
	return sort.Search(len(s.at), func(i int) bool { return s.at[i] >= t })
}

// in returns the values of [from, to).
func (s *samples) in(from, to int64) []float64 {
	i := s.index(from)
	return s.values[i:max(i, s.index(to))]
}

// any reports whether there is a sample in [from, to).
func (s *samples) any(from, to int64) bool {
	i := s.index(from)
	return i < len(s.at) && s.at[i] < to
}

// first returns the time of the first sample, never if there is none.
func (s *samples) first() int64 {
	if len(s.at) == 0 {
		return never
	}
	return s.at[0]
}
