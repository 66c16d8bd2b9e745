package ddquery

// SumsCounts reports whether Datadog sums each part over the whole window before it calculates, whatever the time
// aggregation is: the query has arithmetic and as_count. Without arithmetic, Datadog applies the time aggregation to the
// buckets: its guide "as_count() in Monitor Evaluations" limits the separate evaluation to arithmetic, and its older page
// "as_count in monitors" calculates the average of a count over its buckets, whose number is arbitrary. That is why only
// sum makes sense there.
func (q *MetricQuery) SumsCounts() bool {
	counts := false
	Walk(q.Expr, func(n Node) bool {
		m, ok := n.(*Method)
		counts = counts || ok && m.Name.Name == "as_count"
		return !counts
	})
	return q.Change == nil && counts && HasArithmetic(q.Expr)
}

// HasArithmetic reports whether an expression, or the first argument of a function in it, contains an operator between
// two operands.
func HasArithmetic(x Expr) bool {
	found := false
	Walk(x, func(n Node) bool {
		switch n := n.(type) {
		case *Binary:
			found = true
		case *Call:
			found = found || len(n.Args) > 0 && HasArithmetic(n.Args[0])
			return false
		}
		return !found
	})
	return found
}

// IsConstant reports whether an expression consists of numbers only.
func IsConstant(x Expr) bool {
	constant := true
	Walk(x, func(n Node) bool {
		switch n.(type) {
		case *Source, *Ref:
			constant = false
		}
		return constant
	})
	return constant
}
