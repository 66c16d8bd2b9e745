package lint

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/function"
)

// fillsGaps reports whether the query replaces missing data with 0.
func (m *stackMonitor) fillsGaps() bool {
	if m.query == nil || ddquery.Calls(m.query.Root, function.MissingFillers()...) {
		return m.query != nil
	}
	for _, s := range m.sources {
		fill := s.Modifier("fill")
		if fill == nil || len(fill.Args) == 0 {
			continue
		}
		if ref, ok := fill.Args[0].(*ddquery.Ref); ok && ref.Name == "zero" {
			return true
		}
	}
	return false
}

// counts reports whether the query is a count, for which Datadog evaluates missing data as 0.
func (m *stackMonitor) counts() bool {
	if q := m.log(); q != nil {
		agg, _ := q.Rollup()
		return agg == "count"
	}
	for _, s := range m.sources {
		if s.Modifier("as_count") == nil {
			return false
		}
	}
	return m.metric() != nil && len(m.sources) > 0
}

// threshold returns the number of a comparison for a message.
func threshold(c *ddquery.Comparison) string {
	if v, ok := c.Value(); ok {
		return decimal(v)
	}
	return "the threshold"
}
