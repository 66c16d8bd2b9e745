package evaluate

// defaultFill is the default length of a gap that is interpolated, maxFill the limit of .fill(), in milliseconds.
const (
	defaultFill = 5 * Minute
	maxFill     = 10 * Minute
)

// filler fills the gaps of a series.
type filler struct {
	method string // linear, last, zero, null or value
	value  float64
	limit  int64
}

// close fills gaps up to limit after a real point. A linear gap without an end keeps the last value, so that a series
// that reports a few seconds late does not lower a sum.
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

// At returns the value distance buckets after value. rest starts with the gap.
func (f filler) At(value float64, distance int64, rest []float64, g grid) float64 {
	switch f.method {
	case "zero":
		return 0
	case fillValue:
		return f.value
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
