package replay

import (
	"fmt"

	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
	"ddmon/internal/series"
)

// compile prepares a monitor. The error is the reason why it is not evaluated.
func compile(m Monitor, rec *series.Recording, o Options, a *evaluate.Account) (*compiled, error) {
	c := &compiled{Monitor: m, account: a, view: monitor.FromBody(m.Body)}
	q, err := ddquery.ParseMonitor(c.view.Type, c.view.Query)
	if err != nil {
		return nil, evaluate.NotEvaluated("invalid query: " + err.Error())
	}
	if c.schedule, err = newSchedule(c.options(), rec, a); err != nil {
		return nil, err
	}
	switch root := q.Root.(type) {
	case *ddquery.MetricQuery:
		err = c.metric(root, rec, o)
	case *ddquery.FormulaQuery:
		err = c.formula(root, rec, o)
	case *ddquery.LogQuery:
		err = c.events(root, rec)
	case *ddquery.CheckQuery:
		err = c.check(root, rec)
	default:
		err = evaluate.NotEvaluated("monitors of type " + c.view.Type + " are not supported")
	}
	if err != nil {
		return nil, err
	}
	if _, _, ok := c.ticks(0); !ok {
		if c.schedule != nil && len(c.schedule.times) == 0 {
			return nil, evaluate.NotEvaluated("its custom schedule has no time in the recording")
		}
		return nil, evaluate.NotEvaluated(fmt.Sprintf("the recording (%s) is shorter than the time range of the query (%s)",
			milliseconds(rec.End-rec.Start), milliseconds(c.window+c.look)))
	}
	return c, nil
}
