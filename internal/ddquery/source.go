package ddquery

import "strings"

type (
	// Source is one metric with its scope: sum:trace.hits{env:prod} by {service}.as_count().
	Source struct {
		Span
		// Agg is the space aggregation. nil means avg.
		Agg    *SpaceAgg
		Metric *Ident
		Scope  *Scope
		// By is nil without a group-by.
		By        *GroupBy
		Modifiers []*Method
	}
	// SpaceAgg is avg, p95, … Compare is the comparison in count(v: v>=10).
	SpaceAgg struct {
		Span
		Name    string
		Compare *Comparison
	}
	// Scope is {filter}. Filter is nil for {}.
	Scope struct {
		Span
		Filter Filter
	}
	// GroupBy is by {key, …}. Word is "by" as written.
	GroupBy struct {
		Span
		Word string
		Keys []*Ident
	}
)

// Modifier returns the source's modifier with this name, such as rollup, or nil.
func (s *Source) Modifier(name string) *Method { return MethodNamed(s.Modifiers, name) }

// maxMetricName is the maximum length of a metric name.
const maxMetricName = 200

// countValues reports whether `count(` starts the aggregation count(v: v>=10) and not a call.
func (c *cursor) countValues(name *Ident) bool {
	if name.Name != "count" {
		return false
	}
	probe := *c
	probe.take('(')
	v, ok := probe.ident("")
	return ok && v.Name == "v" && probe.peek() == ':'
}

// source = [ aggregation, ":" ], metric, scope, [ "by", keys ], { modifier }; the first name is already consumed.
func (c *cursor) source(from int, name *Ident) *Source {
	s := &Source{}
	switch {
	case c.peek() == '(':
		s.Agg = c.countAgg(from, name)
		c.expect(':', "after the space aggregation")
	case c.peek() == ':':
		c.take(':')
		s.Agg = &SpaceAgg{Span: name.Span, Name: name.Name}
	}
	if s.Agg != nil {
		var ok bool
		if name, ok = c.ident("."); !ok {
			c.failHere("expected_metric", "expected a metric after "+s.Agg.Name+":", "")
		}
	}
	s.Metric = name
	c.checkMetric(name)
	if c.peek() != '{' {
		c.skipSpace()
		c.fail(c.pos, c.pos, "missing_scope", "the metric "+name.Name+" has no scope", "write "+name.Name+"{*}")
	}
	s.Scope = c.scope()
	s.By = c.groupBy()
	s.Modifiers = c.methods(false)
	s.Span = c.span(from)
	return s
}

// countAgg consumes (v: v>=10) after count.
func (c *cursor) countAgg(from int, name *Ident) *SpaceAgg {
	c.take('(')
	c.ident("")
	c.take(':')
	if v, ok := c.ident(""); !ok || v.Name != "v" {
		c.failHere("count_values", "count(v: …) must compare v", "write count(v: v>=10)")
	}
	cmp := c.comparison()
	c.expect(')', "to close count(v: …)")
	return &SpaceAgg{c.span(from), name.Name, cmp}
}

func (c *cursor) checkMetric(name *Ident) {
	from := c.pos - len(name.Name)
	switch {
	case !isAlpha(name.Name[0]):
		c.fail(from, c.pos, "metric_name", "a metric name must start with a letter", "")
	case len(name.Name) > maxMetricName:
		c.fail(from, c.pos, "metric_name", "a metric name can have at most 200 characters", "")
	case strings.HasSuffix(name.Name, "."):
		c.fail(from, c.pos, "metric_name", "a metric name must not end with a dot", "")
	}
}

// groupBy = [ "by", "{", key, { ",", key }, "}" ]
func (c *cursor) groupBy() *GroupBy {
	mark := c.pos
	from := c.ahead()
	word, ok := c.ident("")
	if !ok || !strings.EqualFold(word.Name, "by") {
		c.pos = mark
		return nil
	}
	open := c.ahead()
	if !c.take('{') {
		c.failHere("expected_brace", "expected { after by", "write by {host}")
	}
	var keys []*Ident
	for {
		keys = append(keys, c.groupKey())
		if c.take(',') {
			continue
		}
		if c.take('}') {
			return &GroupBy{c.span(from), word.Name, keys}
		}
		if c.done() {
			c.fail(open, open+1, "open_brace", "this brace is not closed", "write } after the last key")
		}
		c.failHere("expected_comma", "expected , or } after a group key", "")
	}
}

// groupKey consumes a tag key. Keys can contain dots, dashes and slashes, the @ of facets and the $ of template
// variables.
func (c *cursor) groupKey() *Ident {
	from := c.ahead()
	i := from
	for i < len(c.src) && !isSpace(c.src[i]) && strings.IndexByte(",{}()", c.src[i]) < 0 {
		i++
	}
	if i == from {
		c.failHere("group_key", "expected a tag key in by {…}", "write by {host}, or remove by {}")
	}
	c.pos = i
	return &Ident{c.span(from), c.src[from:i]}
}
