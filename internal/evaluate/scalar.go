package evaluate

import "ddmon/internal/ddquery"

// Scalar is an expression that has one value for each group and window.
type Scalar interface {
	Info() *Base
	// At returns the value of each group over [from, to); NaN means no data. The slice is reused in the next call.
	At(from, to int64) []float64
}

// reduced is the time aggregation of an expression: avg(last_5m):…
type reduced struct {
	*Base
	x       node
	agg     aggregator
	step    int64
	whole   bool
	out     []float64
	account *Account
}

func (r *reduced) At(from, to int64) []float64 {
	g := newGrid(from, to, r.step, r.whole)
	g.Account = r.account
	points := r.x.eval(g)
	r.out = r.out[:0]
	for _, p := range points {
		r.out = append(r.out, r.agg(p))
	}
	return r.out
}

// arithmetic is x op y over whole windows: for as_count and formulas.
type arithmetic struct {
	joint
	op      func(x, y float64) float64
	x, y    Scalar
	out     []float64
	account *Account
}

func newArithmetic(op byte, x, y Scalar, a *Account) (Scalar, error) {
	j, err := join(x.Info(), y.Info(), a)
	return &arithmetic{joint: j, account: a, op: Operation(op), x: x, y: y}, err
}

func (a *arithmetic) At(from, to int64) []float64 {
	x, y := a.x.At(from, to), a.y.At(from, to)
	a.account.Spend(len(a.Groups))
	a.out = a.out[:0]
	for i := range a.Groups {
		a.out = append(a.out, a.op(x[a.xs[i]], y[a.ys[i]]))
	}
	return a.out
}

// number is a constant Scalar.
type number struct {
	Base
	value []float64
}

func newNumber(v float64) *number { return &number{newConstant(v).Base, []float64{v}} }

func (n *number) At(_, _ int64) []float64 { return n.value }

// each applies a function to the values.
type each struct {
	*Base
	x   Scalar
	f   func(v float64) float64
	out []float64
}

func (e *each) At(from, to int64) []float64 {
	e.out = e.out[:0]
	for _, v := range e.x.At(from, to) {
		e.out = append(e.out, e.f(v))
	}
	return e.out
}

// formula compiles arithmetic over whole windows. leaf compiles the operands.
func formula(x ddquery.Expr, a *Account, leaf func(ddquery.Expr) (Scalar, error)) (Scalar, error) {
	switch x := x.(type) {
	case *ddquery.Number:
		return newNumber(x.Value), nil
	case *ddquery.Paren:
		return formula(x.X, a, leaf)
	case *ddquery.Unary:
		inner, err := formula(x.X, a, leaf)
		if err != nil {
			return nil, err
		}
		return &each{Base: inner.Info(), x: inner, f: func(v float64) float64 { return -v }}, nil
	case *ddquery.Binary:
		left, err := formula(x.X, a, leaf)
		if err != nil {
			return nil, err
		}
		right, err := formula(x.Y, a, leaf)
		if err != nil {
			return nil, err
		}
		return newArithmetic(x.Op, left, right, a)
	}
	return leaf(x)
}

// filled is default_zero and default over a whole window. A group has no value before its first sample, except without
// groups in a formula, which can be about logs.
type filled struct {
	Base
	x      Scalar
	value  float64
	always bool
	out    []float64
}

func newFilled(x Scalar, value float64, inFormula bool) *filled {
	f := &filled{Base: *x.Info(), x: x, value: value}
	f.always = inFormula && len(f.Keys) == 0
	f.EmptyIsZero = true
	f.Sparse = f.Sparse && !f.always
	return f
}

func (f *filled) At(from, to int64) []float64 {
	f.out = append(f.out[:0], f.x.At(from, to)...)
	for i, v := range f.out {
		if Missing(v) && (f.always || f.First(i) < to) {
			f.out[i] = f.value
		}
	}
	return f.out
}

// change is change and pct_change: each point of the window compared with the same point of an earlier window.
type change struct {
	Base
	rows
	x       node
	back    int64
	percent bool
}

func newChange(x node, back int64, percent bool) node {
	b := x.Info().ago(back, false)
	b.Counts = false
	return &change{Base: b, x: x, back: back, percent: percent}
}

func (c *change) eval(g grid) [][]float64 {
	now := c.x.eval(g)
	out := c.of(len(now), g)
	for i := range now {
		copy(out[i], now[i])
	}
	for i, then := range c.x.eval(g.shifted(c.back)) {
		for k, v := range then {
			d := out[i][k] - v
			if c.percent {
				d = Operation('/')(d, v) * 100
			}
			out[i][k] = d
		}
	}
	return out
}

// windowAggregator returns the time aggregation of a metric monitor.
func windowAggregator(name string) (aggregator, error) {
	switch name {
	case "avg", "sum", "min", "max":
		agg, _ := aggregatorOf(name)
		return agg, nil
	case "percentile":
		return nil, NotEvaluated("percentile needs distributions, which recordings do not include")
	}
	return nil, NotEvaluated("the time aggregation " + name + " is not supported")
}
