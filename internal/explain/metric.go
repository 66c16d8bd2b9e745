package explain

import (
	"math"
	"strings"

	"ddmon/internal/ddquery"
)

// metric explains queries such as avg(last_5m):avg:x{*} > 5.
func (m *explainer) metric(q *ddquery.MetricQuery) description {
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
	totals := q.SumsCounts()
	r := description{
		measures:   append(measures(q.Expr), multiAlert(m.groupKeys())...),
		evaluation: m.aggregation(q),
		alerts: m.thresholds(q.Cmp, conditions{
			brief: func(op string, v float64) string { return "the value is " + compared(op, formatNumber(v)) },
			inDetail: func(op string, v float64) string {
				if totals {
					return ""
				}
				return withSuffix("the value is "+compared(op, formatNumber(v)), overWindow(q.Agg.Name, op))
			},
		}),
	}
	if !totals {
		r.alerts = append(r.alerts, m.delays(q)...)
	}
	return r
}

// aggregation says how the values of the window become one.
func (m *explainer) aggregation(q *ddquery.MetricQuery) []string {
	if !q.SumsCounts() {
		return []string{m.schedule(q.Window, window(q.Window)+" and "+timeAggregation(q.Agg.Name))}
	}
	sums := "Each letter is summed over the whole window before the calculation."
	if q.Agg.Name != "sum" {
		sums = "Each letter is summed over the whole window before the calculation, because arithmetic with as_count ignores " + q.Agg.Name + "."
	}
	return []string{m.schedule(q.Window, window(q.Window)), sums}
}

// timeAggregation says how the values of the window are aggregated.
func timeAggregation(agg string) string {
	switch agg {
	case "max":
		return "takes the maximum"
	case "min":
		return "takes the minimum"
	case "sum":
		return "takes the sum"
	case "avg":
		return "takes the average"
	}
	return "takes the " + agg
}

const (
	wholeWindow = "for the whole window"
	atLeastOnce = "at least once"
)

// overWindow says what a comparison with an aggregate means for the values of the window.
func overWindow(agg, op string) string {
	switch {
	case agg == "avg":
		return "on average"
	case agg == "sum":
		return "in total"
	case agg == "max" && below(op), agg == "min" && above(op):
		return wholeWindow
	case agg == "max" && above(op), agg == "min" && below(op):
		return atLeastOnce
	}
	return ""
}

// withSuffix appends a suffix to a condition; "" if the suffix is empty.
func withSuffix(condition, suffix string) string {
	if suffix == "" {
		return ""
	}
	return condition + " " + suffix
}

// delays says how soon after the cause the monitor alerts, if the aggregation determines it. A condition that must be
// true for the whole window needs a full window of such values. If one value is enough, it stays in the window until
// the window has moved past it.
func (m *explainer) delays(q *ddquery.MetricQuery) []string {
	value, static := q.Cmp.Value()
	if !static || q.Window.Kind != ddquery.WindowLast || m.view.Options.CustomSchedule {
		return nil
	}
	late := ""
	if delay, ok := nonZero(m.view.Options.EvaluationDelay); ok {
		late = ", plus the evaluation delay of " + formatSeconds(delay)
	}
	good, leave := compared(opposite(q.Cmp.Op), formatNumber(value)), m.alertEnd(q.Cmp.Op, value)
	switch {
	case overWindow(q.Agg.Name, q.Cmp.Op) == wholeWindow:
		return []string{"Alerts at the earliest about " + length(q.Window) + " after the last value " + good + late + "."}
	case overWindow(q.Agg.Name, q.Cmp.Op) == atLeastOnce:
		return []string{"A single value triggers the alert, which lasts until " + length(q.Window) + " after the last value " + compared(q.Cmp.Op, formatNumber(leave)) + late + "."}
	}
	return nil
}

// change explains queries such as change(avg(last_5m),last_1h):x > 5.
func (m *explainer) change(q *ddquery.MetricQuery) description {
	unit, what := "", "change"
	if q.Change.Func.Name == "pct_change" {
		unit, what = "%", "percentage change"
	}
	r := description{measures: measures(q.Expr)}
	r.measures = append(r.measures, "Evaluates the "+what+" compared with "+length(q.Change.Shift)+" before.")
	r.measures = append(r.measures, multiAlert(m.groupKeys())...)
	r.evaluation = []string{m.schedule(q.Window, "the changes over "+window(q.Window)+" and "+timeAggregation(q.Agg.Name))}
	r.alerts = m.thresholds(q.Cmp, conditions{
		brief: func(op string, v float64) string { return "the change is " + compared(op, formatNumber(v)+unit) },
		inDetail: func(op string, v float64) string {
			switch {
			case above(op) && v >= 0:
				return "the value rises by " + comparedAmount(op, formatNumber(v)+unit)
			case below(op) && v <= 0:
				return "the value falls by " + comparedAmount(strings.Replace(op, "<", ">", 1), formatNumber(math.Abs(v))+unit)
			}
			return ""
		},
	})
	return r
}
