package replay

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
	"ddmon/internal/series"
)

// events compiles logs("…").rollup("count").by("service").last("5m") > 5, and the same for events.
func (c *compiled) events(q *ddquery.LogQuery, rec *series.Recording) error {
	if err := c.threshold(q.Cmp); err != nil {
		return err
	}
	for _, m := range q.Chain {
		switch m.Name.Name {
		case "index", "rollup", "by", "last": // a recorded log is in every index
		default:
			return evaluate.NotEvaluated("." + m.Name.Name + "() after " + q.Source.Name + "() is not supported")
		}
	}
	if q.Last() == nil {
		return evaluate.NotEvaluated("the query has no window")
	}
	s, err := newSpan(q.Last(), c.options().EvaluationWindow)
	if err != nil {
		return err
	}
	c.keys = append(c.keys, ddquery.Names(q.By())...)
	query, err := evaluate.NewLogQuery(evaluate.Input{Recording: rec, Account: c.account}, q)
	if err != nil {
		return err
	}
	c.runner = c.machine(query, s, rec)
	c.sample = query.Sample
	return nil
}
