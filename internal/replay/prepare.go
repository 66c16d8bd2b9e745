package replay

import (
	"fmt"

	"ddmon/internal/ddquery"
	"ddmon/internal/evaluate"
	"ddmon/internal/monitor"
	"ddmon/internal/series"
)

// compile makes a monitor ready. The error is a reason why it is not evaluated.
func compile(m Monitor, rec *series.Recording, o Options, a *evaluate.Account) (*compiled, error) {
	c := &compiled{Monitor: m, account: a, view: monitor.FromBody(m.Body)}
	q, err := ddquery.ParseMonitor(c.view.Type, c.view.Query)
	if err != nil {
		return nil, evaluate.NotEvaluated("the query cannot be read: " + err.Error())
	}
	if c.options().CustomSchedule {
		return nil, evaluate.NotEvaluated("a custom schedule")
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
		err = evaluate.NotEvaluated("a monitor of type " + c.view.Type)
	}
	if err != nil {
		return nil, err
	}
	if _, _, ok := c.ticks(0); !ok {
		return nil, evaluate.NotEvaluated(fmt.Sprintf("the recording (%s) is shorter than what it looks at (%s)",
			milliseconds(rec.End-rec.Start), milliseconds(c.window+c.look)))
	}
	return c, nil
}
