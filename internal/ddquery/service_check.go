package ddquery

// CheckQuery is "check.name".over("*").by("host").last(2).count_by_status().
type CheckQuery struct {
	Span
	Check *String
	Chain []*Method
}

// Last returns the number of statuses to evaluate, or nil without .last(…).
func (q *CheckQuery) Last() *Number {
	if m := MethodNamed(q.Chain, "last"); m != nil && len(m.Args) == 1 {
		n, _ := m.Args[0].(*Number)
		return n
	}
	return nil
}

// Over returns the tags in the scope.
func (q *CheckQuery) Over() []*Ident { return chainKeys(q.Chain, "over") }

// Exclude returns the excluded tags.
func (q *CheckQuery) Exclude() []*Ident { return chainKeys(q.Chain, "exclude") }

// By returns the keys that the query groups by.
func (q *CheckQuery) By() []*Ident { return chainKeys(q.Chain, "by") }

// Percentages reports whether the query is a cluster alert, whose thresholds are percentages of the checks.
func (q *CheckQuery) Percentages() bool { return MethodNamed(q.Chain, "pct_by_status") != nil }

// checkQuery = string, chain
func (c *cursor) checkQuery() *CheckQuery {
	from := c.ahead()
	q := &CheckQuery{Check: c.quoted()}
	q.Chain = c.methods(true)
	if len(q.Chain) == 0 {
		c.failHere("expected_method", "expected a method after the service check", `write .over("*").by("host").last(2).count_by_status()`)
	}
	if !c.done() {
		c.skipSpace()
		if b := c.at(c.pos); b == '>' || b == '<' || b == '=' || b == '!' {
			c.fail(c.pos, len(c.src), "comparison", "a service check query does not support a comparison", "use options.thresholds")
		}
	}
	q.Span = c.span(from)
	return q
}
