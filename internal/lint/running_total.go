package lint

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/diag"
)

func runningTotal() Rule {
	return Rule{Code: "running_total", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, u := range p.uses() {
			total := p.facts.all(u.Metric.Name, func(m Metric) bool { return m.Total })
			if !total || u.query == nil || u.query.Change != nil {
				continue
			}
			if ddquery.Calls(u.query.Expr, "diff", "monotonic_diff", "per_second", "per_minute", "per_hour", "dt", "derivative", "anomalies", "forecast") {
				continue
			}
			p.find(u.in(u.Metric), "Running total against a fixed threshold",
				"%s counts since its source started, so it only grows and says nothing of now. Write monotonic_diff(...) or per_second(...) around it, or watch its rate.", u.Metric.Name)
		}
	}}
}
