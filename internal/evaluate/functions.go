package evaluate

import (
	"math"
	"slices"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/function"
)

// pointwise applies a function to each point.
type pointwise struct {
	*Base
	rows
	x node
	f func(v, step float64) float64
}

func (p *pointwise) eval(g grid) [][]float64 {
	x := p.x.eval(g)
	out := p.of(len(x), g)
	step := float64(g.step) / 1000
	for i := range x {
		for k, v := range x[i] {
			out[i][k] = p.f(v, step)
		}
	}
	return out
}

// pointFunction returns the pointwise function with a name. step is the bucket length in seconds.
func pointFunction(name string) (f func(v, step float64) float64, ok bool) {
	switch name {
	case "abs":
		return func(v, _ float64) float64 { return math.Abs(v) }, true
	case "log2":
		return func(v, _ float64) float64 { return finite(math.Log2(v)) }, true
	case "log10":
		return func(v, _ float64) float64 { return finite(math.Log10(v)) }, true
	case "throughput":
		return func(v, step float64) float64 { return v / step }, true
	case "exclude_null": // groups without one of the tags are always excluded
		return func(v, _ float64) float64 { return v }, true
	}
	return nil, false
}

// limitFunction returns the pointwise function with a name and a limit.
func limitFunction(name string, limit float64) (f func(v, step float64) float64, ok bool) {
	drop := func(out bool, v float64) float64 {
		if out {
			return math.NaN()
		}
		return v
	}
	switch name {
	case "clamp_min":
		return func(v, _ float64) float64 { return math.Max(v, limit) }, true
	case "clamp_max":
		return func(v, _ float64) float64 { return math.Min(v, limit) }, true
	case "cutoff_min":
		return func(v, _ float64) float64 { return drop(v < limit, v) }, true
	case "cutoff_max":
		return func(v, _ float64) float64 { return drop(v > limit, v) }, true
	}
	return nil, false
}

// finite turns infinity into a missing point.
func finite(v float64) float64 {
	if math.IsInf(v, 0) {
		return math.NaN()
	}
	return v
}

// call compiles a function call.
func (c *compiler) call(q *ddquery.Call, outer []*ddquery.Method) (node, error) {
	name := q.Name.Name
	if len(q.Args) == 0 {
		return nil, NotEvaluated(name + "() has no argument")
	}
	words, number, numbered := arguments(q.Args[1:])
	if perSeries, ok := deltaFunction(name); ok {
		if src, ok := q.Args[0].(*ddquery.Source); ok {
			return c.source(src, outer, []sequence{perSeries})
		}
	}
	x, err := c.expr(q.Args[0], outer)
	if err != nil {
		return nil, err
	}
	known := function.Lookup(name)
	if known == nil || known.Replay == function.Nowhere {
		return nil, NotEvaluated("the function " + name + " is not supported")
	}
	if f, ok := pointFunction(name); ok {
		return &pointwise{Base: x.Info(), x: x, f: f}, nil
	}
	if f, ok := limitFunction(name, number); ok && numbered {
		return &pointwise{Base: x.Info(), x: x, f: f}, nil
	}
	if f, ok := sequenceFunction(name); ok {
		return &running{Base: x.Info(), x: x, f: f}, nil
	}
	if back, ok := shiftFunction(name, number); ok {
		return shift(x, back), nil
	}
	if known.FillsMissing {
		if known.Args > 1 && !numbered {
			return nil, NotEvaluated(name + "() needs a number as its second argument")
		}
		return newDefaulted(x, number), nil
	}
	switch name {
	case "count_nonzero", "count_not_null":
		return newGroupCount(x, name == "count_nonzero"), nil
	case "moving_rollup":
		if agg, ok := aggregatorOf(firstOr(words, "avg")); ok && number >= 1 {
			return newMoving(x, Milliseconds(number, Second), agg), nil
		}
	}
	if r, ok := rankFunction(name, words, number); ok {
		r.Base, r.x = x.Info(), x
		return r, nil
	}
	return nil, NotEvaluated("the function " + name)
}

func firstOr(words []string, otherwise string) string {
	if len(words) > 0 {
		return words[0]
	}
	return otherwise
}

// shiftFunction returns the shift of a timeshift function, in milliseconds.
func shiftFunction(name string, seconds float64) (back int64, ok bool) {
	switch name {
	case "timeshift":
		return Milliseconds(-seconds, Second), true
	case "hour_before":
		return Hour, true
	case "day_before":
		return 24 * Hour, true
	case "week_before":
		return 7 * 24 * Hour, true
	case "month_before":
		return 28 * 24 * Hour, true
	}
	return 0, false
}

// groupCount is count_nonzero and count_not_null: the number of groups with a value at each point.
type groupCount struct {
	Base
	rows
	x       node
	nonzero bool
}

func newGroupCount(x node, nonzero bool) node {
	return &groupCount{Base: allInOne(x.Info()), x: x, nonzero: nonzero}
}

// allInOne returns the Base of an expression that combines all groups.
func allInOne(x *Base) Base {
	b := *x
	b.Keys, b.Groups, b.Members = nil, []Tags{{}}, [][]*Samples{slices.Concat(b.Members...)}
	b.Counts, b.Sparse = false, false
	return b
}

func (c *groupCount) eval(g grid) [][]float64 {
	x := c.x.eval(g)
	out := c.of(1, g)
	counted := make([]bool, len(x))
	for i := range x {
		counted[i] = c.x.Info().known(i, g.from, g.to)
	}
	for k := range out[0] {
		n, known := 0, false
		for i := range x {
			if v := x[i][k]; counted[i] && !Missing(v) {
				known = true
				if v != 0 || !c.nonzero {
					n++
				}
			}
		}
		out[0][k] = float64(n)
		if !known {
			out[0][k] = math.NaN()
		}
	}
	return out
}

// trimPrefixNumber splits top5_mean into 5 and mean.
func trimPrefixNumber(name, prefix string) (number int, rest string, ok bool) {
	rest, ok = strings.CutPrefix(name, prefix)
	digits := 0
	for digits < len(rest) && digits < 6 && rest[digits] >= '0' && rest[digits] <= '9' {
		number = number*10 + int(rest[digits]-'0')
		digits++
	}
	return number, strings.TrimPrefix(rest[digits:], "_"), ok && digits > 0
}
