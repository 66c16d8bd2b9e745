package replay

import "ddmon/internal/ddquery"

// newMetricQuery compiles avg(last_5m):… without its comparison.
func newMetricQuery(in input, q *ddquery.MetricQuery) (*Query, error) {
	agg, err := windowAggregator(q.Agg.Name)
	if err != nil {
		return nil, err
	}
	explicit := explicitStep(q.Expr)
	k := &compiler{rec: in.rec, account: in.account, step: max(explicit, in.bucket)}
	reduce := func(x ddquery.Expr) (scalar, error) {
		n, err := k.expr(x, nil)
		if err != nil {
			return nil, err
		}
		if q.Change != nil {
			n = newChange(n, q.Change.Shift.Duration().Milliseconds(), q.Change.Func.Name == "pct_change")
		}
		return &reduced{base: n.info(), x: n, agg: agg, account: in.account, step: k.step, whole: explicit > 0}, nil
	}
	var value scalar
	switch {
	case !countArithmetic(q.Expr) || q.Change != nil:
		value, err = reduce(q.Expr)
	case q.Agg.Name != "sum":
		err = notEvaluated(q.Agg.Name + " over arithmetic with as_count, where only sum is valid")
	default:
		value, err = formula(q.Expr, in.account, reduce)
	}
	if err != nil {
		return nil, err
	}
	return &Query{scalar: value, step: k.step, whole: explicit > 0, zero: ddquery.Calls(q.Expr, "default_zero")}, nil
}

// countArithmetic reports whether an expression has arithmetic and an as_count: Datadog then sums each query over the
// whole window before it calculates.
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
