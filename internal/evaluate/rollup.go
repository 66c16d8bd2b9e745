package evaluate

import "math"

// rolled has the samples of a series in buckets of step. Full buckets do not depend on the window, so they are computed
// once.
type rolled struct {
	*Samples
	agg   aggregator
	step  int64
	first int64 // the number of bucket 0
	// values[i] is bucket first+i. index[i] is the number of samples before it.
	values []float64
	index  []int32
}

func roll(s *Samples, step int64, agg aggregator, a *Account) *rolled {
	r := &rolled{Samples: s, agg: agg, step: step}
	if len(s.At) == 0 {
		return r
	}
	r.first = FloorDiv(s.At[0], step)
	n := int(FloorDiv(s.At[len(s.At)-1], step)-r.first) + 1
	a.Keep(n, bucketBytes)
	a.Spend(len(s.At))
	r.values, r.index = make([]float64, n), make([]int32, n+1)
	i := 0
	for b := range n {
		r.index[b] = int32(i)
		from := i
		for end := (r.first + int64(b) + 1) * step; i < len(s.At) && s.At[i] < end; i++ {
		}
		r.values[b] = agg(s.Values[from:i])
	}
	r.index[n] = int32(i)
	return r
}

// fill writes the buckets of a grid to out, which must be long enough.
func (r *rolled) fill(g grid, out []float64) {
	for i := range out {
		out[i] = math.NaN()
	}
	// Bucket i of the grid is bucket offset+i of r.
	offset := g.first - r.first
	from, to := max(0, -offset), min(int64(g.n), int64(len(r.values))-offset)
	if from >= to {
		return
	}
	copy(out[from:to], r.values[offset+from:offset+to])
	if g.start(0) < g.from {
		r.cut(g, 0, out)
	}
	if end := g.n - 1; g.start(end+1) > g.to {
		r.cut(g, end, out)
	}
}

// cut recomputes bucket i from its samples inside the window.
func (r *rolled) cut(g grid, i int, out []float64) {
	b := g.first - r.first + int64(i)
	if b < 0 || b >= int64(len(r.values)) {
		return
	}
	low, high := r.index[b], r.index[b+1]
	g.Spend(int(high - low))
	for low < high && r.At[low] < g.from {
		low++
	}
	for low < high && r.At[high-1] >= g.to {
		high--
	}
	out[i] = r.agg(r.Values[low:high])
}

// before returns the last bucket with a value among the reach buckets before bucket b.
func (r *rolled) before(b int64, reach int64) (value float64, distance int64, ok bool) {
	for distance = 1; distance <= reach; distance++ {
		i := b - distance - r.first
		if i < 0 {
			return 0, 0, false
		}
		if i < int64(len(r.values)) && !Missing(r.values[i]) {
			return r.values[i], distance, true
		}
	}
	return 0, 0, false
}
