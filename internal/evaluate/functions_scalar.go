package evaluate

import (
	"math"

	"ddmon/internal/ddquery"
	"ddmon/internal/function"
)

// scalarCall applies a function to values of whole windows: in a formula, or to sums of counts. Functions of several
// points, such as diff, are not defined there.
func scalarCall(q *ddquery.Call, x Scalar, inFormula bool, a *Account) (Scalar, error) {
	name := q.Name.Name
	known := function.Lookup(name)
	words, number, numbered := arguments(q.Args[1:])
	if known != nil && known.Replay == function.Everywhere {
		if known.FillsMissing && (numbered || known.Args == 1) {
			return newFilled(x, number, inFormula), nil
		}
		if f, ok := pointFunction(name); ok {
			return &each{Base: x.Info(), x: x, f: func(v float64) float64 { return f(v, 0) }}, nil
		}
		if f, ok := limitFunction(name, number); ok && numbered {
			return &each{Base: x.Info(), x: x, f: func(v float64) float64 { return f(v, 0) }}, nil
		}
		if back, ok := shiftFunction(name, number); ok {
			return &earlier{x.Info().ago(back, true), x, back}, nil
		}
		if name == "count_nonzero" || name == "count_not_null" {
			return &scalarCount{allInOne(x.Info()), x, name == "count_nonzero", []float64{0}, a}, nil
		}
		if r, ok := rankFunction(name, words, number); ok {
			return &scalarRank{Base: x.Info(), x: x, rank: r, account: a}, nil
		}
	}
	return nil, NotEvaluated("the function " + name + " is not supported over values of a whole window")
}

// earlier is timeshift and its short forms: the value of an earlier window.
type earlier struct {
	Base
	x    Scalar
	back int64
}

func (e *earlier) At(from, to int64) []float64 { return e.x.At(from-e.back, to-e.back) }

// scalarCount is count_nonzero and count_not_null.
type scalarCount struct {
	Base
	x       Scalar
	nonzero bool
	out     []float64
	account *Account
}

func (c *scalarCount) At(from, to int64) []float64 {
	n, known := 0, false
	for i, v := range c.x.At(from, to) {
		c.account.Spend(1)
		if Missing(v) || !c.x.Info().known(i, from, to) {
			continue
		}
		known = true
		if v != 0 || !c.nonzero {
			n++
		}
	}
	c.out[0] = float64(n)
	if !known {
		c.out[0] = math.NaN()
	}
	return c.out
}

// scalarRank is top and bottom.
type scalarRank struct {
	*Base
	x       Scalar
	rank    *rank
	out     []float64
	account *Account
}

func (r *scalarRank) At(from, to int64) []float64 {
	values := r.x.At(from, to)
	r.account.Spend(SortSteps * len(values))
	by := make([]float64, len(values))
	for i, v := range values {
		by[i] = r.rank.agg([]float64{v}, 1)
	}
	r.out = r.out[:0]
	for range values {
		r.out = append(r.out, math.NaN())
	}
	for _, i := range r.rank.first(by, func(i int) bool { return r.known(i, from, to) }) {
		r.out[i] = values[i]
	}
	return r.out
}
