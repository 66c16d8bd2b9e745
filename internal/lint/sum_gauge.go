package lint

import "ddmon/internal/diag"

func sumGauge() Rule {
	return Rule{Code: "sum_gauge", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, u := range p.uses() {
			if !p.isGauge(u.Metric.Name) {
				continue
			}
			if u.query != nil && u.query.Agg.Name == "sum" && u.query.Change == nil {
				p.addFinding(u.in(u.query.Agg), "Sum over time of a gauge",
					"%s is a gauge, so the sum depends on the number of points in the window, not only on their values. Use avg, max or min as the time aggregation.", u.Metric.Name)
			}
			for _, m := range u.modifiers("rollup") {
				if agg, _ := rollup(m); agg == "sum" {
					p.addFinding(u.in(m), "Sum over time of a gauge",
						"%s is a gauge, so the sum depends on the number of points in each bucket. Use .rollup(avg, ...), max or min.", u.Metric.Name)
				}
			}
		}
	}}
}
