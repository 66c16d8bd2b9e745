package explain

import (
	"ddmon/internal/ddquery"
)

// check explains queries such as "http.can_connect".over("*").by("host").last(3).count_by_status().
func (m *explainer) check(q *ddquery.CheckQuery) description {
	where := "wherever it runs"
	if over := ddquery.Names(q.Over()); len(over) > 0 && over[0] != "*" {
		where = "on everything tagged " + list(over, "and")
	}
	if exclude := ddquery.Names(q.Exclude()); len(exclude) > 0 {
		where += ", except on anything tagged " + list(exclude, "or")
	}
	r := description{measures: append([]string{"Monitors the status of the check " + code(q.Check.Value) + " " + where + "."},
		multiAlert(distinct(q.GroupKeys()))...)}
	if q.Percentages() {
		r.measures = append(r.measures, "Evaluates the percentage of checks in a status. Each combination of tags is one check, and only its last run counts.")
		r.alerts = m.percentThresholds()
		return r
	}
	if last := q.Last(); last != nil {
		r.evaluation = []string{"Datadog evaluates the last " + quantity(last.Value, "check run") + "."}
	}
	r.alerts = m.runThresholds()
	return r
}

// runThresholds says after how many consecutive check runs the monitor's status changes. The default is 1 for warnings
// and recoveries.
func (m *explainer) runThresholds() []string {
	t := &m.view.Options.Thresholds
	consecutive := func(p *float64, status string) string {
		n := 1.0
		if p != nil {
			n = *p
		}
		if n == 1 {
			return "the first " + status + " check run"
		}
		return formatNumber(n) + " consecutive " + status + " check runs"
	}
	if m.queryOnly {
		return []string{"Alerts after the number of consecutive critical check runs in its thresholds."}
	}
	var lines []string
	if t.Critical != nil {
		lines = append(lines, "Alerts after "+consecutive(t.Critical, "critical")+".")
	} else {
		lines = append(lines, "Alerts on critical check runs, but sets no threshold for how many.")
	}
	lines = append(lines, "Warns after "+consecutive(t.Warning, "warning")+".")
	if t.Unknown != nil {
		lines = append(lines, "Shows UNKNOWN after "+consecutive(t.Unknown, "unknown")+".")
	}
	return append(lines, "Recovers after "+consecutive(t.OK, "ok")+".")
}

// percentThresholds explains the thresholds of a cluster alert, which are percentages.
func (m *explainer) percentThresholds() []string {
	t := &m.view.Options.Thresholds
	if m.queryOnly {
		return []string{"Alerts when the percentage of critical checks is above its threshold."}
	}
	var lines []string
	if t.Critical != nil {
		lines = append(lines, "Alerts when more than "+formatNumber(*t.Critical)+"% of the checks are critical.")
	}
	if t.Warning != nil {
		lines = append(lines, "Warns when more than "+formatNumber(*t.Warning)+"% of the checks are in warning.")
	}
	if lines == nil {
		return []string{"Never alerts: it has no threshold."}
	}
	if len(lines) == 2 {
		return append(lines, "Recovers when neither is true.")
	}
	return append(lines, "Recovers when that is no longer true.")
}
