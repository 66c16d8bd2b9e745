package replay

import (
	"slices"

	"ddmon/internal/ddquery"
	"ddmon/internal/series"
)

// metric compiles avg(last_5m):… > 5.
func (c *compiled) metric(q *ddquery.MetricQuery, rec *series.Recording, o Options) error {
	if err := c.threshold(q.Cmp); err != nil {
		return err
	}
	s, err := newSpan(q.Window, c.options().EvaluationWindow)
	if err != nil {
		return err
	}
	agg, err := windowAggregator(q.Agg.Name)
	if err != nil {
		return err
	}
	explicit := explicitStep(q.Expr)
	k := &compiler{rec: rec, account: c.account, step: max(explicit, o.interval(s.length))}
	reduce := func(x ddquery.Expr) (scalar, error) {
		n, err := k.expr(x, nil)
		if err != nil {
			return nil, err
		}
		if q.Change != nil {
			n = newChange(n, q.Change.Shift.Duration().Milliseconds(), q.Change.Func.Name == "pct_change")
		}
		return &reduced{base: n.info(), x: n, agg: agg, account: c.account, step: k.step, whole: explicit > 0}, nil
	}
	var query scalar
	switch {
	case !countArithmetic(q.Expr) || q.Change != nil:
		query, err = reduce(q.Expr)
	case q.Agg.Name != "sum":
		return notEvaluated(q.Agg.Name + " over arithmetic with as_count, where only sum is valid")
	default:
		query, err = formula(q.Expr, c.account, reduce)
	}
	if err != nil {
		return err
	}
	c.keys, _ = (&ddquery.MonitorQuery{Root: q}).Groups()
	c.keys = slices.Compact(slices.Sorted(slices.Values(c.keys)))
	m := c.machine(query, s, rec, callsDefaultZero(q.Expr), false)
	m.full = isTrue(c.options().RequireFullWindow) && s.calendar == nil && !callsDefaultZero(q.Expr)
	m.step, m.whole = k.step, explicit > 0
	c.runner = m
	return nil
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

func callsDefaultZero(x ddquery.Expr) bool { return ddquery.Calls(x, "default_zero") }
