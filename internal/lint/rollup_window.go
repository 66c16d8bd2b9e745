package lint

import (
	"fmt"

	"ddmon/internal/diag"
)

func rollupWindow() Rule {
	return Rule{Code: "rollup_window", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, u := range p.uses() {
			if u.query == nil {
				continue
			}
			window := u.query.Window.Duration().Seconds()
			for _, m := range u.modifiers("rollup") {
				_, bucket := rollup(m)
				switch {
				case bucket >= window:
					p.add(p.rule.Code, diag.SeverityError, u.in(m), "Rollup is as long as the window",
						fmt.Sprintf("Buckets of %s seconds are aligned to multiples of their length, and Datadog drops a bucket that starts before the window. This window of %s seconds has at most one bucket, which is still filling. Make the window several buckets long.", decimal(bucket), decimal(window)))
				case bucket > window/2:
					p.addFinding(u.in(m), "Rollup is longer than half the window",
						"A window of %s seconds contains one or two buckets of %s, and the last one is still filling, so the value fluctuates. Make the window several buckets long.", decimal(window), decimal(bucket))
				}
			}
		}
	}}
}
