package evaluate

import (
	"math"
	"strconv"
	"strings"
)

// sequence is a function that changes the points of a window in place. step is the bucket length in seconds. It does
// not see any points before the window.
type sequence func(points []float64, step float64)

// running applies a sequence to each group.
type running struct {
	*Base
	rows
	x node
	f sequence
}

func (r *running) eval(g grid) [][]float64 {
	x := r.x.eval(g)
	out := r.of(len(x), g)
	for i := range x {
		copy(out[i], x[i])
		r.f(out[i], float64(g.step)/1000)
	}
	return out
}

// sequenceFunction returns the sequence function with a name.
func sequenceFunction(name string) (sequence, bool) {
	if f, ok := deltaFunction(name); ok {
		return f, true
	}
	switch name {
	case "cumsum":
		return accumulate(func(v, _ float64) float64 { return v }), true
	case "integral":
		return accumulate(func(v, step float64) float64 { return v * step }), true
	}
	family, digits, _ := strings.Cut(name, "_")
	span, err := strconv.Atoi(digits)
	switch {
	case err != nil || span < 1:
	case family == "ewma":
		return ewma(span), true
	case family == "median":
		return median(span), true
	}
	return nil, false
}

// deltaFunction returns a function of the difference to the previous point. Directly over a metric, it is applied to
// each series before space aggregation.
func deltaFunction(name string) (sequence, bool) {
	perSecond := func(unit float64) sequence {
		return delta(func(d, seconds float64) float64 { return d / seconds * unit })
	}
	switch name {
	case "diff":
		return delta(func(d, _ float64) float64 { return d }), true
	case "monotonic_diff":
		return delta(func(d, _ float64) float64 {
			if d < 0 {
				return math.NaN()
			}
			return d
		}), true
	case "derivative", "per_second":
		return perSecond(1), true
	case "per_minute":
		return perSecond(60), true
	case "per_hour":
		return perSecond(3600), true
	}
	return nil, false
}

// delta replaces each point with f of its difference to the previous point. The first point becomes missing.
func delta(f func(d, seconds float64) float64) sequence {
	return func(points []float64, step float64) {
		before, distance := math.NaN(), 0.0
		for i, v := range points {
			distance += step
			if Missing(v) {
				continue
			}
			points[i] = math.NaN()
			if !Missing(before) {
				points[i] = f(v-before, distance)
			}
			before, distance = v, 0
		}
	}
}

func accumulate(f func(v, step float64) float64) sequence {
	return func(points []float64, step float64) {
		total := 0.0
		for i, v := range points {
			if !Missing(v) {
				total += f(v, step)
				points[i] = total
			}
		}
	}
}

// ewma gives the newest point the weight 2/(span+1), the usual definition of span.
func ewma(span int) sequence {
	alpha := 2 / (float64(span) + 1)
	return func(points []float64, _ float64) {
		mean := math.NaN()
		for i, v := range points {
			switch {
			case Missing(v):
				continue
			case Missing(mean):
				mean = v
			default:
				mean += alpha * (v - mean)
			}
			points[i] = mean
		}
	}
}

// median is the median of the last span points.
func median(span int) sequence {
	middle := percentile(50)
	return func(points []float64, _ float64) {
		var recent []float64
		for i, v := range points {
			if Missing(v) {
				continue
			}
			if recent = append(recent, v); len(recent) > span {
				recent = recent[1:]
			}
			points[i] = middle(recent)
		}
	}
}
