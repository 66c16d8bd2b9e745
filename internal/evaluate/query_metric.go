package evaluate

import "ddmon/internal/ddquery"

// NewMetricQuery compiles avg(last_5m):… without its comparison.
func NewMetricQuery(in Input, q *ddquery.MetricQuery) (*Query, error) {
	agg, err := windowAggregator(q.Agg.Name)
	if err != nil {
		return nil, err
	}
	explicit := explicitStep(q.Expr)
	k := &compiler{rec: in.Recording, account: in.Account, step: max(explicit, in.Bucket)}
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
	switch {
	case !countArithmetic(q.Expr) || q.Change != nil:
		value, err = reduce(q.Expr)
	case q.Agg.Name != "sum":
		err = NotEvaluated(q.Agg.Name + " over arithmetic with as_count is not valid, use sum")
	default:
		value, err = formula(q.Expr, in.Account, reduce)
	}
	if err != nil {
		return nil, err
	}
	return &Query{Scalar: value, Step: k.step, Whole: explicit > 0, Zero: ddquery.Calls(q.Expr, "default_zero")}, nil
}

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
