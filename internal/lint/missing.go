package lint

import "ddmon/internal/ddquery"

// source shortens a signature.
type source = *ddquery.Source

// fillsGaps reports whether the query itself puts a 0 where there is no data.
func (m *stackMonitor) fillsGaps() bool {
	if m.query == nil || ddquery.Calls(m.query.Root, "default_zero") {
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

// counts reports whether the query counts, so that Datadog takes missing data for 0.
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

// threshold writes the number of a comparison.
func threshold(c *ddquery.Comparison) string {
	if v, ok := c.Value(); ok {
		return decimal(v)
	}
	return "the threshold"
}
