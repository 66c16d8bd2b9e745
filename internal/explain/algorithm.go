package explain

import (
	"strings"

	"ddmon/internal/ddquery"
)

// anomalies explains avg(last_4h):anomalies(x, 'basic', 2, alert_window='last_15m') >= 1.
func (m *explainer) anomalies(q *ddquery.MetricQuery, c *ddquery.Call) reading {
	r := reading{measures: append(measured(c.Args[0]), groups(m.groupKeys())...)}
	r.measures = append(r.measures, "Datadog learns from the past which values to expect (method "+code(word(argument(c.Args, 1)))+width(c)+").")
	trigger := span(keyword(c, "alert_window"))
	if w := m.view.Options.ThresholdWindows; w != nil && w.Trigger != "" {
		trigger = span(w.Trigger)
	}
	r.looks = []string{m.looks(q.Window, window(q.Window))}
	if trigger != "" {
		r.looks = append(r.looks, "What counts is the last "+bare(trigger)+".")
	}
	side := "outside of"
	switch keyword(c, "direction") {
	case "above", "below":
		side = keyword(c, "direction")
	}
	r.alerts = m.levels(q.Cmp, wording{when: func(op string, v float64) string {
		switch {
		case op == ">=" && v == 1:
			return "all values are " + side + " what is expected"
		case below(op) && v == 0:
			return "no value is " + side + " what is expected"
		}
		return "the share of values " + side + " what is expected is " + compared(op, figure(v*100)+" %")
	}})
	if w := m.view.Options.ThresholdWindows; w != nil && span(w.Recovery) != "" {
		r.alerts = append(r.alerts, "For the recovery it looks at the last "+bare(span(w.Recovery))+".")
	}
	return r
}

// forecast explains max(next_1w):forecast(x, 'linear', 1) >= 100.
func (m *explainer) forecast(q *ddquery.MetricQuery, c *ddquery.Call) reading {
	r := reading{measures: append(measured(c.Args[0]), groups(m.groupKeys())...)}
	r.measures = append(r.measures, "Datadog predicts how that goes on (method "+code(word(argument(c.Args, 1)))+width(c)+
		learnedFrom(c)+").")
	r.looks = []string{m.looks(q.Window, "what is predicted for "+window(q.Window)+" and "+taken(q.Agg.Name))}
	r.alerts = m.levels(q.Cmp, wording{
		when: func(op string, v float64) string { return "the prediction is " + compared(op, figure(v)) },
		because: func(op string, v float64) string {
			return strings.Replace(overWindow(q.Agg.Name, op, figure(v)), "it was", "it will be", 1)
		},
	})
	return r
}

// width says how far from what is expected or predicted a value may be.
func width(c *ddquery.Call) string {
	n, ok := constant(argument(c.Args, 2))
	if !ok {
		return ""
	}
	return ", " + count(n, "deviation") + " wide"
}

func learnedFrom(c *ddquery.Call) string {
	if history := span("last_" + keyword(c, "history")); history != "" {
		return ", from " + history + " of history"
	}
	return ""
}

// outliers explains avg(last_5m):outliers(x by {host}, 'DBSCAN', 2) > 0.
func (m *explainer) outliers(q *ddquery.MetricQuery, c *ddquery.Call) reading {
	keys := m.groupKeys()
	r := reading{measures: append(measured(c.Args[0]), groups(keys)...)}
	r.measures = append(r.measures, "The groups are compared with each other (method "+code(word(argument(c.Args, 1)))+", tolerance "+word(argument(c.Args, 2))+").")
	r.looks = []string{m.looks(q.Window, window(q.Window))}
	each := "a group that does"
	if len(keys) > 0 {
		each = eachGroup(keys) + " that does"
	}
	r.alerts = []string{"Alerts for " + each + " not behave like the others."}
	if !m.bare {
		r.alerts = append(r.alerts, "Recovers when it behaves like the others again.")
	}
	return r
}

// keyword returns the text of a call's keyword argument.
func keyword(c *ddquery.Call, name string) string {
	for _, arg := range c.Args {
		if n, ok := arg.(*ddquery.Named); ok && n.Name.Name == name {
			return word(n.Value)
		}
	}
	return ""
}
