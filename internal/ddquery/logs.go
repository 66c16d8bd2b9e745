package ddquery

import "slices"

// LogQuery is logs("search").index("*").rollup("count").by("service").last("5m") > 5, for any event source.
type LogQuery struct {
	Span
	Source *Ident
	// Text is the search string, Search the parsed search. Search is inside Text.
	Text   *String
	Search *Search
	Chain  []*Method
	Cmp    *Comparison
}

// Last returns the window of .last(…), or nil. Older queries may not have one.
func (q *LogQuery) Last() *Window { return window(q.Chain, "last") }

// By returns the facets that the query groups by.
func (q *LogQuery) By() []*Ident { return chainKeys(q.Chain, "by") }

// Indexes returns the names of .index(…).
func (q *LogQuery) Indexes() []*Ident { return chainKeys(q.Chain, "index") }

// Sources returns the names of .source(…), which error tracking has.
func (q *LogQuery) Sources() []*Ident { return chainKeys(q.Chain, "source") }

// Over returns the tags of .over(…).
func (q *LogQuery) Over() []*Ident { return chainKeys(q.Chain, "over") }

// Rollup returns the aggregation and the measure or facet of .rollup(…). The default is a count.
func (q *LogQuery) Rollup() (agg, measure string) {
	m := MethodNamed(q.Chain, "rollup")
	if m == nil || len(m.Args) == 0 {
		return "count", ""
	}
	text := func(i int) string {
		if i < len(m.Args) {
			if s, ok := m.Args[i].(*String); ok {
				return s.Value
			}
		}
		return ""
	}
	return text(0), text(1)
}

// LogMethods returns the methods of a log-style query. Some apply only to certain sources.
func LogMethods() []string {
	return []string{"index", "source", "new", "impact", "rollup", "by", "over", "last"}
}

// IsLogSource reports whether a name is a data source of a log-style query of any monitor type.
func IsLogSource(name string) bool { return slices.Contains(logSources, name) }

// logSources are the known sources. Other names are accepted if a quote follows.
var logSources = []string{
	"logs", "events", "rum", "audits", "ci-pipelines", "ci-tests", "trace-analytics", "error-tracking",
	"error-tracking-rum", "error-tracking-traces", "error-tracking-logs", "database-monitoring", "network-performance",
	"network-path", "llm-observability", "processes",
}

// logQuery = "(", string, ")", chain, comparison; the source is already consumed.
func (c *cursor) logQuery(source *Ident) *LogQuery {
	from := c.pos - len(source.Name)
	q := &LogQuery{Source: source}
	c.expect('(', "after "+source.Name)
	q.Text = c.expectString("the search")
	q.Search = q.Text.inside().search()
	c.expect(')', "after the search")
	q.Chain = c.methods(true)
	q.Cmp = c.comparison()
	q.Span = c.span(from)
	return q
}
