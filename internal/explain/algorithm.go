package explain

import (
	"ddmon/internal/ddquery"
)

// anomalies explains queries such as avg(last_4h):anomalies(x, 'basic', 2, alert_window='last_15m') >= 1.
func (m *explainer) anomalies(q *ddquery.MetricQuery, c *ddquery.Call) description {
	r := description{measures: append(measures(c.Args[0]), multiAlert(m.groupKeys())...)}
	r.measures = append(r.measures, "Datadog predicts the expected range from history (algorithm "+code(argumentText(argument(c.Args, 1)))+deviations(c)+").")
	trigger := windowLength(keyword(c, "alert_window"))
	if w := m.view.Options.ThresholdWindows; w != nil && w.Trigger != "" {
		trigger = windowLength(w.Trigger)
	}
	r.evaluation = []string{m.schedule(q.Window, window(q.Window))}
	if trigger != "" {
		r.evaluation = append(r.evaluation, "The trigger window is "+trigger+".")
	}
	side := "outside"
	switch keyword(c, "direction") {
	case "above", "below":
		side = keyword(c, "direction")
	}
	r.alerts = m.thresholds(q.Cmp, conditions{brief: func(op string, v float64) string {
		switch {
		case op == ">=" && v == 1:
			return "all values are " + side + " the expected range"
		case below(op) && v == 0:
			return "no value is " + side + " the expected range"
		}
		return comparedAmount(op, formatNumber(v*100)+"%") + " of the values are " + side + " the expected range"
	}})
	if w := m.view.Options.ThresholdWindows; w != nil && windowLength(w.Recovery) != "" {
		r.alerts = append(r.alerts, "The recovery window is "+windowLength(w.Recovery)+".")
	}
	return r
}

// forecast explains queries such as max(next_1w):forecast(x, 'linear', 1) >= 100.
func (m *explainer) forecast(q *ddquery.MetricQuery, c *ddquery.Call) description {
	r := description{measures: append(measures(c.Args[0]), multiAlert(m.groupKeys())...)}
	r.measures = append(r.measures, "Datadog forecasts future values (algorithm "+code(argumentText(argument(c.Args, 1)))+deviations(c)+
		history(c)+").")
	r.evaluation = []string{m.schedule(q.Window, "the forecast for "+window(q.Window)+" and "+timeAggregation(q.Agg.Name))}
	r.alerts = m.thresholds(q.Cmp, conditions{
		brief: func(op string, v float64) string { return "the forecast is " + compared(op, formatNumber(v)) },
		inDetail: func(op string, v float64) string {
			return withSuffix("the forecast is "+compared(op, formatNumber(v)), overWindow(q.Agg.Name, op))
		},
	})
	return r
}

// deviations returns the width of the expected range: ", 2 deviations".
func deviations(c *ddquery.Call) string {
	n, ok := constant(argument(c.Args, 2))
	if !ok {
		return ""
	}
	return ", " + quantity(n, "deviation")
}

func history(c *ddquery.Call) string {
	if history := windowLength("last_" + keyword(c, "history")); history != "" {
		return ", based on " + history + " of history"
	}
	return ""
}

// outliers explains queries such as avg(last_5m):outliers(x by {host}, 'DBSCAN', 2) > 0.
func (m *explainer) outliers(q *ddquery.MetricQuery, c *ddquery.Call) description {
	keys := m.groupKeys()
	r := description{measures: append(measures(c.Args[0]), multiAlert(keys)...)}
	r.measures = append(r.measures, "Datadog compares the groups with each other (algorithm "+code(argumentText(argument(c.Args, 1)))+", tolerance "+argumentText(argument(c.Args, 2))+").")
	r.evaluation = []string{m.schedule(q.Window, window(q.Window))}
	each := "a group that does"
	if len(keys) > 0 {
		each = eachGroup(keys) + " that does"
	}
	r.alerts = []string{"Alerts for " + each + " not behave like the others."}
	if !m.queryOnly {
		r.alerts = append(r.alerts, "Recovers when it behaves like the others again.")
	}
	return r
}

// keyword returns the text of a call's keyword argument.
func keyword(c *ddquery.Call, name string) string {
	for _, arg := range c.Args {
		if n, ok := arg.(*ddquery.Named); ok && n.Name.Name == name {
			return argumentText(n.Value)
		}
	}
	return ""
}
