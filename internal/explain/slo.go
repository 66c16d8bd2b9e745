package explain

import (
	"strings"

	"ddmon/internal/ddquery"
)

// slo explains error_budget("id").over("7d") > 75 and burn_rate("id").over("30d").long_window("1h").short_window("5m") > 14.
func (m *explainer) slo(q *ddquery.SLOQuery) reading {
	frame := ""
	if over := q.Over(); over != nil {
		frame = strings.TrimSuffix(over.Name, "d") + " days"
	}
	if q.Func.Name != "burn_rate" {
		return reading{
			measures: []string{"Measures how much of the error budget of the SLO " + code(q.ID.Value) + " is used up, over its " + or(frame, "time frame") + "."},
			alerts: m.levels(q.Cmp, wording{when: func(op string, v float64) string {
				return many(op, figure(v)+" %") + " of the error budget is used up"
			}}),
		}
	}
	r := reading{measures: []string{
		"Measures how fast the error budget of the SLO " + code(q.ID.Value) + " is used up.",
		"At a rate of 1 it lasts exactly for the SLO's " + or(frame, "time frame") + ".",
	}}
	windows := ""
	if long, short := q.LongWindow(), q.ShortWindow(); long != nil && short != nil {
		r.looks = []string{"It looks at " + window(long) + " and at " + window(short) + "."}
		windows = " over both"
	}
	r.alerts = m.levels(q.Cmp, wording{when: func(op string, v float64) string {
		if op == opposite(q.Cmp.Op) {
			return "the rate is " + compared(op, figure(v)) + " over one of them"
		}
		return "the rate is " + compared(op, figure(v)) + windows
	}})
	return r
}
