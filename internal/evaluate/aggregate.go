package evaluate

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// aggregator combines the values of a bucket, a window or several series into one value. It ignores missing values
// (NaN) and returns NaN if there are no others.
type aggregator func([]float64) float64

// aggregatorOf returns the aggregator with a name, for rollups, windows and space aggregation.
func aggregatorOf(name string) (aggregator, bool) {
	switch name {
	case "avg", "mean":
		return average, true
	case "sum":
		return sum, true
	case "min":
		return Minimum, true
	case "max":
		return maximum, true
	case "count":
		return count, true
	case "last":
		return last, true
	}
	return nil, false
}

// Missing reports whether a value is NaN, which represents a missing point.
func Missing(v float64) bool { return v != v }

func sum(values []float64) float64 {
	total, n := 0.0, 0
	for _, v := range values {
		if !Missing(v) {
			total += v
			n++
		}
	}
	if n == 0 {
		return math.NaN()
	}
	return total
}

func average(values []float64) float64 {
	total, n := 0.0, 0
	for _, v := range values {
		if !Missing(v) {
			total += v
			n++
		}
	}
	return total / float64(n)
}

// Minimum returns the smallest value.
func Minimum(values []float64) float64 {
	least := math.NaN()
	for _, v := range values {
		if !(v >= least) && !Missing(v) {
			least = v
		}
	}
	return least
}

func maximum(values []float64) float64 {
	most := math.NaN()
	for _, v := range values {
		if !(v <= most) && !Missing(v) {
			most = v
		}
	}
	return most
}

func count(values []float64) float64 {
	n := 0
	for _, v := range values {
		if !Missing(v) {
			n++
		}
	}
	if n == 0 {
		return math.NaN()
	}
	return float64(n)
}

func last(values []float64) float64 {
	for _, v := range slices.Backward(values) {
		if !Missing(v) {
			return v
		}
	}
	return math.NaN()
}

// distinct returns the number of different values.
func distinct(values []float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	seen := make(map[float64]struct{}, len(values))
	for _, v := range values {
		seen[v] = struct{}{}
	}
	return float64(len(seen))
}

// percentile interpolates between the two nearest ranks.
func percentile(p float64) aggregator {
	return func(values []float64) float64 {
		sorted := slices.DeleteFunc(slices.Clone(values), Missing)
		if len(sorted) == 0 {
			return math.NaN()
		}
		slices.Sort(sorted)
		rank := p / 100 * float64(len(sorted)-1)
		low := int(rank)
		high := min(low+1, len(sorted)-1)
		return sorted[low] + (sorted[high]-sorted[low])*(rank-float64(low))
	}
}

// eventAggregator returns an aggregation of logs or events: count, cardinality, or avg, …, median or pc95 of a measure.
func eventAggregator(name string) (aggregator, bool) {
	switch name {
	case "count":
		return count, true
	case "cardinality":
		return distinct, true
	case "median":
		return percentile(50), true
	}
	if digits, ok := strings.CutPrefix(name, "pc"); ok {
		p, err := strconv.ParseFloat(digits, 64)
		return percentile(p), err == nil && p >= 0 && p <= 100
	}
	return aggregatorOf(name)
}
