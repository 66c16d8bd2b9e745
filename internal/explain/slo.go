package explain

import (
	"strings"

	"ddmon/internal/ddquery"
)

// slo explains queries such as error_budget("id").over("7d") > 75 and
// burn_rate("id").over("30d").long_window("1h").short_window("5m") > 14.
func (m *explainer) slo(q *ddquery.SLOQuery) description {
	frame := ""
	if over := q.Over(); over != nil {
		frame = strings.TrimSuffix(over.Name, "d") + " days"
	}
	if q.Func.Name != "burn_rate" {
		return description{
			measures: []string{"Measures how much of the error budget of the SLO " + code(q.ID.Value) + " is consumed over " + or(frame, "its time frame") + "."},
			alerts: m.thresholds(q.Cmp, conditions{brief: func(op string, v float64) string {
				return "error budget consumption is " + compared(op, formatNumber(v)+"%")
			}}),
		}
	}
	r := description{measures: []string{
		"Measures the burn rate of the error budget of the SLO " + code(q.ID.Value) + ".",
		"At a burn rate of 1, the budget lasts exactly " + or(frame, "the SLO's time frame") + ".",
	}}
	windows := ""
	if long, short := q.LongWindow(), q.ShortWindow(); long != nil && short != nil {
		r.evaluation = []string{"Datadog evaluates " + window(long) + " and " + window(short) + "."}
		windows = " over both windows"
	}
	r.alerts = m.thresholds(q.Cmp, conditions{brief: func(op string, v float64) string {
		if op == opposite(q.Cmp.Op) {
			return "the burn rate is " + compared(op, formatNumber(v)) + " over either window"
		}
		return "the burn rate is " + compared(op, formatNumber(v)) + windows
	}})
	return r
}
