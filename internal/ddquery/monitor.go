package ddquery

import "slices"

// Query is the root of a monitor query: *MetricQuery, *FormulaQuery, *LogQuery, *CheckQuery, *CompositeQuery,
// *SLOQuery or *NoQuery.
type Query interface {
	Node
	query()
}

// MonitorQuery is a parsed monitor query. Offsets of its nodes point into Source.
type MonitorQuery struct {
	// Type is the monitor's type as given.
	Type   string
	Source string
	Root   Query
}

// NoQuery is the no_query of a synthetics monitor.
type NoQuery struct{ Span }

func (*MetricQuery) query()    {}
func (*FormulaQuery) query()   {}
func (*LogQuery) query()       {}
func (*CheckQuery) query()     {}
func (*CompositeQuery) query() {}
func (*SLOQuery) query()       {}
func (*NoQuery) query()        {}

// ParseMonitor parses the query of a monitor. The type decides only what is not evident from the text: which form an
// error message speaks of. Whether type and form agree is Check's business. The error is an *Error.
func ParseMonitor(monitorType, query string) (q *MonitorQuery, err error) {
	defer catch(&err)
	c := newCursor(query)
	root := c.monitor(monitorType)
	c.end("the query")
	return &MonitorQuery{Type: monitorType, Source: query, Root: root}, nil
}

// monitor tells the forms apart by how they start.
func (c *cursor) monitor(monitorType string) Query {
	b := c.peek()
	switch {
	case monitorType == "composite" || isDigit(b) || b == '(' || b == '!':
		return c.composite()
	case isQuote(b):
		return c.checkQuery()
	case c.done():
		c.fail(len(c.src), len(c.src), "empty_query", "the query is empty", StartHint(monitorType))
	}
	mark := c.pos
	name, ok := c.ident("-")
	if !ok || !isAlpha(name.Name[0]) {
		c.pos = mark
		c.failHere("query_start", "a query of "+typeName(monitorType)+" does not start so", StartHint(monitorType))
	}
	if c.peek() != '(' {
		if name.Name == "no_query" {
			return &NoQuery{name.Span}
		}
		c.notACall(monitorType, name)
	}
	switch {
	case name.Name == "formula":
		return c.formulaQuery(name)
	case name.Name == "error_budget" || name.Name == "burn_rate":
		return c.sloQuery(name)
	case slices.Contains(logSources, name.Name) || isQuote(c.at(c.behindParen())):
		return c.logQuery(name)
	}
	c.pos = mark
	return c.metricQuery()
}

// behindParen returns the index of the first byte behind the parenthesis that comes next.
func (c *cursor) behindParen() int {
	probe := *c
	probe.take('(')
	return probe.ahead()
}

// notACall explains a query whose first word has no parenthesis behind it.
func (c *cursor) notACall(monitorType string, name *Ident) {
	from, to := c.pos-len(name.Name), c.pos
	if next := c.peek(); next == ':' || next == '{' || next == '.' {
		c.fail(from, to, "query_start", "the query lacks its time aggregation",
			"start it with one, as avg(last_5m):")
	}
	c.fail(from, to, "query_start", "a query of "+typeName(monitorType)+" does not start with "+name.Name, StartHint(monitorType))
}

// typeName names a type of monitor in a sentence.
func typeName(monitorType string) string {
	if monitorType == "" {
		return "a monitor"
	}
	return "a " + monitorType
}

// StartHint says how a query of a type of monitor starts.
func StartHint(monitorType string) string {
	switch monitorType {
	case "composite":
		return "write ids with && and ||, as 123 && 456"
	case "service check":
		return `write "check.name".over("*").by("host").last(2).count_by_status()`
	case "slo alert":
		return `write error_budget("id").over("7d") > 75`
	}
	if sources := Sources(monitorType); len(sources) > 0 {
		return "write " + sources[0] + `("search").rollup("count").last("5m") > 0`
	}
	return "write avg(last_5m):avg:metric{*} > 0"
}
