package replay

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
	"ddmon/internal/series"
)

// formula compiles formula("query1 / query2").last("15m") > 5.
func (c *compiled) formula(q *ddquery.FormulaQuery, rec *series.Recording, o Options) error {
	if err := c.threshold(q.Cmp); err != nil {
		return err
	}
	agg, err := evaluate.FormulaAggregator(q)
	if err != nil {
		return err
	}
	s, err := newSpan(q.Last(), c.options().EvaluationWindow)
	if err != nil {
		return err
	}
	query, err := evaluate.NewFormulaQuery(c.input(rec, o, s), q.Expr, agg, c.options().Variables)
	if err != nil {
		return err
	}
	c.keys = query.Info().Keys
	c.runner = c.machine(query, s, rec)
	return nil
}
