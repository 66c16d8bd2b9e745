package ddquery

// FormulaQuery is formula("query1 / query2").last("15m") > 5, over the queries in options.variables.
type FormulaQuery struct {
	Span
	Func *Ident
	// Text is the formula string, Expr the parsed formula. Expr is inside Text.
	Text  *String
	Expr  Expr
	Chain []*Method
	Cmp   *Comparison
}

// Last returns the window of .last(…), or nil.
func (q *FormulaQuery) Last() *Window { return window(q.Chain, "last") }

// By returns the keys of .by(…).
func (q *FormulaQuery) By() []*Ident { return chainKeys(q.Chain, "by") }

func chainKeys(chain []*Method, name string) []*Ident {
	if m := MethodNamed(chain, name); m != nil {
		return m.Keys()
	}
	return nil
}

// formulaQuery = "(", string, ")", chain, comparison; the name is already consumed.
func (c *cursor) formulaQuery(name *Ident) *FormulaQuery {
	from := c.pos - len(name.Name)
	q := &FormulaQuery{Func: name}
	c.expect('(', "after formula")
	q.Text = c.expectString("the formula")
	inner := q.Text.inside()
	inner.formula = true
	q.Expr = inner.expr()
	inner.end("the formula's last term")
	c.expect(')', "after the formula")
	q.Chain = c.methods(true)
	if q.Last() == nil {
		c.failHere("missing_window", "the query has no window", `write .last("5m") before the comparison`)
	}
	q.Cmp = c.comparison()
	q.Span = c.span(from)
	return q
}
