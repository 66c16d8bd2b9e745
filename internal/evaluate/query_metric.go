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
	reduce := func(x ddquery.Expr) (Scalar, error) {
		n, err := k.expr(x, nil)
		if err != nil {
			return nil, err
		}
		if q.Change != nil {
			n = newChange(n, q.Change.Shift.Duration().Milliseconds(), q.Change.Func.Name == "pct_change")
		}
		return &reduced{Base: n.Info(), x: n, agg: agg, account: in.Account, step: k.step, whole: explicit > 0}, nil
	}
	var value Scalar
	var err error
	if countArithmetic(q.Expr) && q.Change == nil {
		agg = sum // Datadog ignores the time aggregation
		value, err = formula(q.Expr, in.Account, reduce)
	} else {
		value, err = reduce(q.Expr)
	}
	if err != nil {
		return nil, err
	}
	return &Query{Scalar: newPresent(value, in.Account), Step: k.step, Whole: explicit > 0, FillsMissing: fillsMissing(q.Expr)}, nil
}

// fillsMissing reports whether an expression replaces missing data.
func fillsMissing(x ddquery.Expr) bool { return ddquery.Calls(x, function.MissingFillers()...) }

// countArithmetic reports whether an expression has arithmetic and as_count. Datadog then sums each query over the
// whole window before calculating.
func countArithmetic(x ddquery.Expr) bool {
	arithmetic, counts := false, false
	ddquery.Walk(x, func(n ddquery.Node) bool {
		switch n := n.(type) {
		case *ddquery.Binary:
			arithmetic = true
		case *ddquery.Method:
			counts = counts || n.Name.Name == "as_count"
		}
		return true
	})
	return arithmetic && counts
}
