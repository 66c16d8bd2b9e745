package explain

import (
	"ddmon/internal/ddquery"
)

// check explains "http.can_connect".over("*").by("host").last(3).count_by_status().
func (m *explainer) check(q *ddquery.CheckQuery) reading {
	where := "wherever it runs"
	if over := ddquery.Names(q.Over()); len(over) > 0 && over[0] != "*" {
		where = "on everything tagged " + list(over, "and")
	}
	if exclude := ddquery.Names(q.Exclude()); len(exclude) > 0 {
		where += ", but not on what is tagged " + list(exclude, "or")
	}
	r := reading{measures: append([]string{"Follows the status that the check " + code(q.Check.Value) + " reports, " + where + "."},
		groups(distinct(ddquery.Names(q.By())))...)}
	for _, step := range q.Chain {
		if step.Name.Name == "pct_by_status" {
			r.measures = append(r.measures, "What counts is which share of the statuses is bad, in percent.")
			r.alerts = m.shares()
			return r
		}
	}
	if last := q.Last(); last != nil {
		r.looks = []string{"It looks at the last " + count(last.Value, "status report") + "."}
	}
	r.alerts = m.statuses()
	return r
}

// statuses says after how many statuses in a row a check's state changes. Where the options do not say, Datadog's
// default is 1 for a warning and a recovery.
func (m *explainer) statuses() []string {
	t := &m.view.Options.Thresholds
	row := func(p *float64, status string) string {
		n := 1.0
		if p != nil {
			n = *p
		}
		if n == 1 {
			return "the first " + status + " status"
		}
		return count(n, status+" status report") + " in a row"
	}
	if m.bare {
		return []string{"Alerts after as many critical statuses in a row as its thresholds say."}
	}
	var lines []string
	if t.Critical != nil {
		lines = append(lines, "Alerts after "+row(t.Critical, "critical")+".")
	} else {
		lines = append(lines, "Alerts on critical statuses; it does not say how many in a row.")
	}
	lines = append(lines, "Warns after "+row(t.Warning, "warning")+".")
	if t.Unknown != nil {
		lines = append(lines, "Is unknown after "+row(t.Unknown, "unknown")+".")
	}
	return append(lines, "Recovers after "+row(t.OK, "ok")+".")
}

// shares is statuses for thresholds in percent.
func (m *explainer) shares() []string {
	t := &m.view.Options.Thresholds
	var lines []string
	if t.Critical != nil {
		lines = append(lines, "Alerts when "+figure(*t.Critical)+" % are critical.")
	}
	if t.Warning != nil {
		lines = append(lines, "Warns when "+figure(*t.Warning)+" % are.")
	}
	return lines
}
