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
			for _, m := range p.facts.Of(u.Metric.Name) {
				interval := time.Duration(m.Interval) * time.Second
				if interval > 0 && window < 2*interval {
					p.find(u.in(u.query.Window), "Window shorter than two points",
						"A series of %s has a point every %d seconds, so this window holds at most one, and at times none. Make it at least twice as long, better five times.", u.Metric.Name, m.Interval)
					break
				}
			}
		}
	}}
}
