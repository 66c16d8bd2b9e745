package ddquery

// Query is the root of a monitor query: *MetricQuery, *FormulaQuery, *LogQuery, *CheckQuery, *CompositeQuery,
// *SLOQuery or *NoQuery.
type Query interface {
	Node
	query()
}

// MonitorQuery is a parsed monitor query. The offsets of its nodes refer to Source.
type MonitorQuery struct {
	// Type is the type of the monitor.
	Type   string
	Source string
	Root   Query
}

// NoQuery is the query of a synthetics monitor, no_query.
type NoQuery struct{ Span }

func (*MetricQuery) query()    {}
func (*FormulaQuery) query()   {}
func (*LogQuery) query()       {}
func (*CheckQuery) query()     {}
func (*CompositeQuery) query() {}
func (*SLOQuery) query()       {}
func (*NoQuery) query()        {}

// ParseMonitor parses the query of a monitor. The form mostly follows from the query; the type is only used for
// composites and error messages. Package monitorcheck checks that the type matches the form. The error is an *Error.
func ParseMonitor(monitorType, query string) (q *MonitorQuery, err error) {
	defer catch(&err)
	c := newCursor(query)
	root := c.monitor(monitorType)
	c.end("the query")
	return &MonitorQuery{Type: monitorType, Source: query, Root: root}, nil
}

// monitor distinguishes the forms by how they start.
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
		c.failHere("query_start", "invalid start of a query"+ofType(monitorType), StartHint(monitorType))
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
	case IsLogSource(name.Name) || isQuote(c.at(c.afterParen())):
		return c.logQuery(name)
	}
	c.pos = mark
	return c.metricQuery()
}

// afterParen returns the index of the first byte after the next parenthesis.
func (c *cursor) afterParen() int {
	probe := *c
	probe.take('(')
	return probe.ahead()
}

// notACall fails with an error about a query whose first word is not followed by a parenthesis.
func (c *cursor) notACall(monitorType string, name *Ident) {
	from, to := c.pos-len(name.Name), c.pos
	if next := c.peek(); next == ':' || next == '{' || next == '.' {
		c.fail(from, to, "query_start", "the query has no time aggregation",
			"start it with one, for example avg(last_5m):")
	}
	c.fail(from, to, "query_start", "a query"+ofType(monitorType)+" cannot start with "+name.Name, StartHint(monitorType))
}

// ofType returns the type for a message, for example ` of type "log alert"`, or "" if the type is not known.
func ofType(monitorType string) string {
	if monitorType == "" {
		return ""
	}
	return " of type \"" + monitorType + "\""
}

// StartHint returns a hint on how to write a query of this monitor type.
func StartHint(monitorType string) string {
	switch monitorType {
	case "composite":
		return "combine monitor IDs with && and ||, for example 123 && 456"
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
