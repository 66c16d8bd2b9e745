package lint

import "ddmon/internal/diag"

func asCountGauge() Rule {
	return Rule{Code: "as_count_gauge", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, u := range p.uses() {
			if !p.isGauge(u.Metric.Name) {
				continue
			}
			for _, m := range u.modifiers("as_count", "as_rate") {
				p.addFinding(u.in(m), "Modifier without effect on a gauge",
					"%s is a gauge, so .%s() has no effect. Remove it. To see the change of a running total, use diff(...) or per_second(...).", u.Metric.Name, m.Name.Name)
			}
		}
	}}
}
