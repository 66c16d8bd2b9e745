package ddquery

import "strings"

type (
	// MetricQuery is avg(last_5m):expr > 5, or change(avg(last_5m),last_1h):expr > 5.
	MetricQuery struct {
		Span
		// Change is set for change(…) or pct_change(…) around the time aggregation.
		Change *Change
		// Agg is the time aggregation.
		Agg    *Ident
		Window *Window
		Expr   Expr
		Cmp    *Comparison
	}
	// Change is change or pct_change with its shift.
	Change struct {
		Span
		Func  *Ident
		Shift *Window
	}
	// Comparison is the operator and the number that the value is compared with.
	Comparison struct {
		Span
		// Op is one of > >= < <= == !=.
		Op string
		// Number is nil for a dynamic threshold, written as the word threshold.
		Number *Number
		// Negative reports a minus before Number.
		Negative bool
		// Operand is the position of the number or word after the operator.
		Operand Span
	}
)

// Value returns the threshold. ok is false for a dynamic threshold.
func (k *Comparison) Value() (v float64, ok bool) {
	if k.Number == nil {
		return 0, false
	}
	if k.Negative {
		return -k.Number.Value, true
	}
	return k.Number.Value, true
}

// metricQuery = ( aggregation | change ), ":", expr, comparison
func (c *cursor) metricQuery() *MetricQuery {
	from := c.ahead()
	q := &MetricQuery{}
	q.Agg, _ = c.ident("")
	if q.Agg.Name == "change" || q.Agg.Name == "pct_change" {
		c.change(q)
	} else {
		c.timeAgg(q)
	}
	c.expect(':', "after the time aggregation")
	q.Expr = c.expr()
	q.Cmp = c.comparison()
	q.Span = c.span(from)
	return q
}

// timeAgg = "(", window, ")"; the name is already consumed.
func (c *cursor) timeAgg(q *MetricQuery) {
	c.expect('(', "after the time aggregation "+q.Agg.Name)
	q.Window = c.window()
	c.expect(')', "after the window")
}

// change = "(", aggregation, ",", shift, ")"
func (c *cursor) change(q *MetricQuery) {
	k := &Change{Func: q.Agg}
	from := c.pos - len(k.Func.Name)
	c.expect('(', "after "+k.Func.Name)
	agg, ok := c.ident("")
	if !ok {
		c.failHere("expected_time_aggregator", "expected a time aggregation", "write "+k.Func.Name+"(avg(last_5m),last_1h)")
	}
	q.Agg = agg
	c.timeAgg(q)
	c.expect(',', "between the time aggregation and the shift")
	k.Shift = c.window()
	c.expect(')', "to close "+k.Func.Name)
	k.Span = c.span(from)
	q.Change = k
}

// operators are the comparison operators. Longer operators come first.
var operators = [...]string{">=", "<=", "==", "!=", ">", "<"}

// comparison = operator, ( [ "-" ], number | "threshold" )
func (c *cursor) comparison() *Comparison {
	from := c.ahead()
	k := &Comparison{}
	for _, op := range operators {
		if strings.HasPrefix(c.src[from:], op) {
			k.Op = op
			break
		}
	}
	if k.Op == "" {
		c.noOperator(from)
	}
	c.pos = from + len(k.Op)
	operand := c.ahead()
	if strings.HasPrefix(c.src[operand:], "threshold") {
		c.word("threshold")
	} else {
		k.Negative = c.take('-')
		k.Number = c.number()
	}
	k.Operand, k.Span = c.span(operand), c.span(from)
	return k
}

func (c *cursor) noOperator(from int) {
	switch {
	case c.done():
		c.fail(len(c.src), len(c.src), "missing_comparison", "the query has no threshold", "end it with a comparison, for example > 5")
	case c.at(from) == '=':
		c.fail(from, from+1, "operator", "= is not a comparison operator", "write ==")
	case c.at(from) == ')':
		c.fail(from, from+1, "close_paren", "this ) has no matching (", "remove it")
	}
	c.failHere("operator", "expected an operator and a threshold", "use > >= < <= == or !=")
}
