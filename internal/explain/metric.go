package explain

import (
	"math"
	"strings"

	"ddmon/internal/ddquery"
)

// metric explains avg(last_5m):avg:x{*} > 5 and its relatives.
func (m *explainer) metric(q *ddquery.MetricQuery) reading {
	if c, ok := q.Expr.(*ddquery.Call); ok && len(c.Args) > 0 {
		switch c.Name.Name {
		case "anomalies":
			return m.anomalies(q, c)
		case "forecast":
			return m.forecast(q, c)
		case "outliers":
			return m.outliers(q, c)
		}
	}
	if q.Change != nil {
		return m.change(q)
	}
	totals := calculates(q.Expr) && counts(q.Expr)
	r := reading{
		measures: append(measured(q.Expr), groups(m.groupKeys())...),
		looks:    []string{m.looks(q.Window, window(q.Window)+" and "+taken(q.Agg.Name))},
		alerts: m.levels(q.Cmp, wording{
			when: func(op string, v float64) string { return "that is " + compared(op, figure(v)) },
			because: func(op string, v float64) string {
				if totals {
					return ""
				}
				return overWindow(q.Agg.Name, op, figure(v))
			},
		}),
	}
	if totals {
		r.looks = append(r.looks, "Each letter is added up over the whole window first, and then calculated with.")
	}
	r.alerts = append(r.alerts, m.delays(q)...)
	return r
}

// taken says what a time aggregation does with the values of the window.
func taken(agg string) string {
	switch agg {
	case "max":
		return "takes the highest value"
	case "min":
		return "takes the lowest value"
	case "sum":
		return "adds up all values"
	case "avg":
		return "takes the average"
	}
	return "takes the " + agg
}

// overWindow says what a comparison with an aggregate means for the values of the window.
func overWindow(agg, op, value string) string {
	is := "it was " + compared(op, value)
	switch {
	case agg == "avg":
		return is + " on average"
	case agg == "sum":
		return is + " in total"
	case agg == "max" && below(op), agg == "min" && above(op):
		return is + " all the time"
	case agg == "max" && above(op), agg == "min" && below(op):
		return is + " at least once"
	}
	return ""
}

// delays says how soon after the cause the alert comes, where the aggregation tells: a value that has to hold all the
// time has to fill the window, one that has to show once stays in the window until that has moved on.
func (m *explainer) delays(q *ddquery.MetricQuery) []string {
	value, static := q.Cmp.Value()
	if !static || q.Window.Kind != ddquery.WindowLast || m.view.Options.CustomSchedule {
		return nil
	}
	late := ""
	if delay, ok := set(m.view.Options.EvaluationDelay); ok {
		late = ", plus the " + lapse(delay) + " that it looks behind"
	}
	good, leave := compared(opposite(q.Cmp.Op), figure(value)), m.leaves(q.Cmp.Op, value)
	switch {
	case strings.HasSuffix(overWindow(q.Agg.Name, q.Cmp.Op, ""), "all the time"):
		return []string{"So it can alert at the earliest about " + length(q.Window) + " after the last value " + good + late + "."}
	case strings.HasSuffix(overWindow(q.Agg.Name, q.Cmp.Op, ""), "at least once"):
		return []string{"So one value is enough to alert, and the alert stays until " + length(q.Window) + " after the last value " + compared(q.Cmp.Op, figure(leave)) + late + "."}
	}
	return nil
}

// change explains change(avg(last_5m),last_1h):x > 5.
func (m *explainer) change(q *ddquery.MetricQuery) reading {
	unit, what := "", "how much this changed against "
	if q.Change.Func.Name == "pct_change" {
		unit, what = " %", "by how many percent this changed against "
	}
	r := reading{measures: measured(q.Expr)}
	r.measures = append(r.measures, "What counts is "+what+length(q.Change.Shift)+" before.")
	r.measures = append(r.measures, groups(m.groupKeys())...)
	r.looks = []string{m.looks(q.Window, "the changes over "+window(q.Window)+" and "+taken(q.Agg.Name))}
	r.alerts = m.levels(q.Cmp, wording{
		when: func(op string, v float64) string { return "the change is " + compared(op, figure(v)+unit) },
		because: func(op string, v float64) string {
			switch {
			case above(op) && v >= 0:
				return "it rose by " + many(op, figure(v)+unit)
			case below(op) && v <= 0:
				return "it fell by " + many(strings.Replace(op, "<", ">", 1), figure(math.Abs(v))+unit)
			}
			return ""
		},
	})
	return r
}
