package lint

import (
	"time"

	"ddmon/internal/diag"
)

func evaluationDelay() Rule {
	return Rule{Code: "evaluation_delay", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, u := range p.uses() {
			if u.query == nil {
				continue
			}
			set := 0.0
			if d := u.monitor.view.Options.EvaluationDelay; d != nil {
				set = *d
			}
			window := u.query.Window.Duration()
			for _, m := range p.metrics.Of(u.Metric.Name) {
				if m.Delay > 0 && set < float64(m.Delay) && window < 2*time.Duration(m.Delay)*time.Second {
					p.addFinding(u.in(u.query.Window), "Window ends before its data arrives",
						"%s arrives minutes late, so the end of this window is still empty when Datadog evaluates it. Set options.evaluation_delay = %d.", u.Metric.Name, m.Delay)
					break
				}
			}
		}
	}}
}
