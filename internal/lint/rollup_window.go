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
					p.add(p.rule.Code, diag.SeverityError, u.in(m), "Rollup as long as the window",
						fmt.Sprintf("Buckets of %s seconds begin at multiples of it, and one that begins before the window is left out: of this window's %s seconds at most a bucket that is still filling is left. Make the window several buckets long.", decimal(bucket), decimal(window)))
				case bucket > window/2:
					p.find(u.in(m), "Rollup over half of the window",
						"A window of %s seconds holds one or two buckets of %s, the last of them still filling, so the value jumps. Make the window several buckets long.", decimal(window), decimal(bucket))
				}
			}
		}
	}}
}
