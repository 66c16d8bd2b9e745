package evaluate

import (
	"cmp"
	"math"
	"slices"
)

// rank is top, bottom and their variants: only the first n groups keep their points.
type rank struct {
	*Base
	rows
	x   node
	n   int
	agg func(points []float64, step float64) float64
	asc bool
}

func (r *rank) eval(g grid) [][]float64 {
	x := r.x.eval(g)
	out := r.of(len(x), g)
	by := make([]float64, len(x))
	for i := range x {
		by[i] = r.agg(x[i], float64(g.step)/1000)
		for k := range out[i] {
			out[i][k] = math.NaN()
		}
	}
	g.Spend(SortSteps * len(x))
	for _, i := range r.first(by, func(i int) bool { return r.known(i, g.from, g.to) }) {
		copy(out[i], x[i])
	}
	return out
}

// first returns the groups that keep their points, given what they are ranked by. Groups without a value or data are
// not ranked.
func (r *rank) first(by []float64, known func(group int) bool) []int {
	var order []int
	for i, v := range by {
		if !Missing(v) && known(i) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		if r.asc {
			return cmp.Compare(by[a], by[b])
		}
		return cmp.Compare(by[b], by[a])
	})
	return order[:min(r.n, len(order))]
}

// rankFunction returns top(q, 5, 'mean', 'desc') or its short forms, such as top5 and bottom10_max.
func rankFunction(name string, words []string, number float64) (*rank, bool) {
	r, by := &rank{n: int(number)}, "mean"
	switch name {
	case "top":
		by = firstOr(words, by)
		r.asc = len(words) > 1 && words[1] == "asc"
	default:
		n, rest, ok := trimPrefixNumber(name, "top")
		if !ok {
			if n, rest, ok = trimPrefixNumber(name, "bottom"); !ok {
				return nil, false
			}
			r.asc = true
		}
		r.n = n
		if rest != "" {
			by = rest
		}
	}
	var ok bool
	r.agg, ok = rankBy(by)
	return r, ok && r.n > 0
}

// rankBy returns the function that groups are ranked by.
func rankBy(name string) (func(points []float64, step float64) float64, bool) {
	switch name {
	case "l2norm", "norm":
		return func(points []float64, _ float64) float64 { return norm(points) }, true
	case "area":
		return func(points []float64, step float64) float64 { return sum(points) * step }, true
	}
	agg, ok := aggregatorOf(name)
	return func(points []float64, _ float64) float64 { return agg(points) }, ok
}

func norm(points []float64) float64 {
	total := 0.0
	for _, v := range points {
		if !Missing(v) {
			total += v * v
		}
	}
	return math.Sqrt(total)
}
