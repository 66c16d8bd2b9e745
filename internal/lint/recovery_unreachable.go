package lint

import "ddmon/internal/diag"

func recoveryUnreachable() Rule {
	return Rule{Code: "recovery_unreachable", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			c := m.comparison()
			if c == nil {
				continue
			}
			t := m.view.Options.Thresholds
			for _, r := range []struct {
				field string
				value *float64
			}{{"critical_recovery", t.CriticalRecovery}, {"warning_recovery", t.WarningRecovery}} {
				if r.value == nil {
					continue
				}
				v := *r.value
				switch {
				case p.notNegative(m) && (c.Op == ">" && v < 0 || c.Op == ">=" && v <= 0):
					p.addFinding(m.field("options", "thresholds", r.field), "Unreachable recovery threshold",
						"With %s, the monitor recovers when the value is %s %s, but the value is never below 0, so an alert never recovers. Set a higher recovery threshold.", c.Op, recoversWhen(c.Op), decimal(v))
				case p.isFraction(m) && (c.Op == "<" && v > 1 || c.Op == "<=" && v >= 1):
					p.addFinding(m.field("options", "thresholds", r.field), "Unreachable recovery threshold",
						"With %s, the monitor recovers when the value is %s %s, but %s is a fraction and never above 1, so an alert never recovers. Set a lower recovery threshold.", c.Op, recoversWhen(c.Op), decimal(v), m.sources[0].Metric.Name)
				}
			}
		}
	}}
}

// recoversWhen returns the comparison with the recovery threshold that resolves an alert.
func recoversWhen(op string) string {
	return map[string]string{">": "<=", ">=": "<", "<": ">=", "<=": ">"}[op]
}
