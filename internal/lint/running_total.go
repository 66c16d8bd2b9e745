package lint

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/diag"
)

func runningTotal() Rule {
	return Rule{Code: "running_total", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, u := range p.uses() {
			total := p.metrics.all(u.Metric.Name, func(m Metric) bool { return m.Total })
			if !total || u.query == nil || u.query.Change != nil {
				continue
			}
			if ddquery.Calls(u.query.Expr, "diff", "monotonic_diff", "per_second", "per_minute", "per_hour", "dt", "derivative", "anomalies", "forecast") {
				continue
			}
			p.addFinding(u.in(u.Metric), "Running total compared with a fixed threshold",
				"%s is a running total since its source started, so it only grows. Monitor its change with monotonic_diff(...) or per_second(...), or monitor its rate.", u.Metric.Name)
		}
	}}
}
