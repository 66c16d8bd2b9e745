package evaluate

// defaultFill is how long a gap is interpolated if nothing else is said, maxFill the most that .fill() may ask for;
// both in milliseconds.
const (
	defaultFill = 5 * Minute
	maxFill     = 10 * Minute
)

// filler is how the gaps of a source are closed.
type filler struct {
	method string // linear, last, zero or null
	limit  int64
}

// close fills the gaps of a source's buckets: those at most limit behind a real point. A linear gap that has no end
// yet goes on at its last value, so a source that is a few seconds late does not make a sum fall.
func (f filler) close(r *rolled, g grid, out []float64) {
	if f.method == "null" {
		return
	}
	reach := f.limit / g.step
	value, distance, known := r.before(g.first, reach)
	if known {
		distance-- // counted from the bucket before the first
	}
	for i := range out {
		if !Missing(out[i]) {
			value, distance, known = out[i], 0, true
		} else if distance++; known && distance <= reach {
			out[i] = f.At(value, distance, out[i:], g)
		}
	}
}

// At is the value distance buckets behind value; rest begins with the gap.
func (f filler) At(value float64, distance int64, rest []float64, g grid) float64 {
	switch f.method {
	case "zero":
		return 0
	case "linear":
		for k, next := range rest {
			if !Missing(next) {
				g.Spend(k)
				return value + (next-value)*float64(distance)/float64(distance+int64(k))
			}
		}
		g.Spend(len(rest))
	}
	return value
}
