package lint

import (
	"time"

	"ddmon/internal/diag"
)

func windowInterval() Rule {
	return Rule{Code: "window_interval", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, u := range p.uses() {
			if u.query == nil {
				continue
			}
			window := u.query.Window.Duration()
			for _, m := range p.metrics.Of(u.Metric.Name) {
				interval := time.Duration(m.Interval) * time.Second
				if interval > 0 && window < 2*interval {
					p.addFinding(u.in(u.query.Window), "Window is shorter than two intervals",
						"%s reports every %d seconds, so this window contains at most one point, and sometimes none. Make it at least two intervals long, preferably five.", u.Metric.Name, m.Interval)
					break
				}
			}
		}
	}}
}
