package replay

import (
	"slices"

	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
	"ddmon/internal/series"
)

// metric compiles avg(last_5m):… > 5.
func (c *compiled) metric(q *ddquery.MetricQuery, rec *series.Recording, o Options) error {
	if err := c.threshold(q.Cmp); err != nil {
		return err
	}
	s, err := newSpan(q.Window, c.options().EvaluationWindow)
	if err != nil {
		return err
	}
	query, err := evaluate.NewMetricQuery(c.input(rec, o, s), q)
	if err != nil {
		return err
	}
	c.keys = slices.Compact(slices.Sorted(slices.Values(query.Info().Keys)))
	m := c.machine(query, s, rec)
	m.full = isTrue(c.options().RequireFullWindow) && s.calendar == nil && !query.FillsMissing
	c.runner = m
	return nil
}
