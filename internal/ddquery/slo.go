package ddquery

// SLOQuery is error_budget("id").over("7d") > 75 or burn_rate("id").over("30d").long_window("1h").short_window("5m") >
// 14.
type SLOQuery struct {
	Span
	Func  *Ident
	ID    *String
	Chain []*Method
	Cmp   *Comparison
}

// Over returns the time frame of the SLO (7d, 30d, 90d), or nil.
func (q *SLOQuery) Over() *Ident {
	if keys := chainKeys(q.Chain, "over"); len(keys) == 1 {
		return keys[0]
	}
	return nil
}

// LongWindow returns the long window of a burn rate, or nil.
func (q *SLOQuery) LongWindow() *Window { return window(q.Chain, "long_window") }

// ShortWindow returns the short window of a burn rate, or nil.
func (q *SLOQuery) ShortWindow() *Window { return window(q.Chain, "short_window") }

// sloQuery = "(", string, ")", chain, comparison; the name is already consumed.
func (c *cursor) sloQuery(name *Ident) *SLOQuery {
	from := c.pos - len(name.Name)
	q := &SLOQuery{Func: name}
	c.expect('(', "after "+name.Name)
	q.ID = c.expectString("the SLO ID")
	c.expect(')', "after the SLO ID")
	q.Chain = c.methods(true)
	if MethodNamed(q.Chain, "over") == nil {
		c.failHere("missing_over", "the query has no time frame", `write .over("7d") after the SLO ID`)
	}
	q.Cmp = c.comparison()
	q.Span = c.span(from)
	return q
}
