package evaluate

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/function"
)

// NewMetricQuery compiles avg(last_5m):… without its comparison.
func NewMetricQuery(in Input, q *ddquery.MetricQuery) (*Query, error) {
	agg, err := windowAggregator(q.Agg.Name)
	if err != nil {
		return nil, err
	}
	return compileAll(func(all *allGroups) (*Query, error) { return in.metric(q, agg, all) })
}

func (in Input) metric(q *ddquery.MetricQuery, agg aggregator, all *allGroups) (*Query, error) {
	explicit := explicitStep(q.Expr)
	k := &compiler{rec: in.Recording, account: in.Account, step: max(explicit, in.Bucket), all: all}
	var value Scalar
	var err error
	if q.SumsCounts() {
		value, err = k.totals(q.Expr, nil, explicit > 0)
	} else {
		var n node
		if n, err = k.expr(q.Expr, nil); err == nil {
			if q.Change != nil {
				n = newChange(n, q.Change.Shift.Duration().Milliseconds(), q.Change.Func.Name == "pct_change")
			}
			value = k.reduced(n, agg, explicit > 0)
		}
	}
	if err != nil {
		return nil, err
	}
	return &Query{Scalar: newPresent(value, in.Account), Step: k.step, Whole: explicit > 0, FillsMissing: fillsMissing(q.Expr)}, nil
}

// reduced is the aggregate of an expression over the window. whole says that only buckets that start in it count.
func (c *compiler) reduced(n node, agg aggregator, whole bool) *reduced {
	return &reduced{Base: n.Info(), x: n, agg: agg, account: c.account, step: c.step, whole: whole}
}

// totals compiles arithmetic with as_count: each part is summed over the window before the calculation. outer has the
// modifiers of the enclosing expressions.
func (c *compiler) totals(x ddquery.Expr, outer []*ddquery.Method, whole bool) (Scalar, error) {
	return formula(x, c.account, func(x ddquery.Expr) (Scalar, error) {
		if ddquery.HasArithmetic(x) {
			switch x := x.(type) {
			case *ddquery.Modified:
				return c.totals(x.X, append(x.Modifiers[:len(x.Modifiers):len(x.Modifiers)], outer...), whole)
			case *ddquery.Call:
				inner, err := c.totals(x.Args[0], outer, whole)
				if err != nil {
					return nil, err
				}
				return scalarCall(x, inner, false, c.account)
			}
		}
		n, err := c.expr(x, outer)
		if err != nil {
			return nil, err
		}
		return c.reduced(n, sum, whole), nil
	})
}

// fillsMissing reports whether an expression replaces missing data.
func fillsMissing(x ddquery.Expr) bool { return ddquery.Calls(x, function.MissingFillers()...) }
