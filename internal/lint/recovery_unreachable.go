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
					p.find(m.field("options", "thresholds", r.field), "Recovery that is never reached",
						"With %s it recovers when the value is %s %s, and the value is never below 0: once it has alerted it stays so. Write a higher number.", c.Op, recoversWhen(c.Op), decimal(v))
				case p.isFraction(m) && (c.Op == "<" && v > 1 || c.Op == "<=" && v >= 1):
					p.find(m.field("options", "thresholds", r.field), "Recovery that is never reached",
						"With %s it recovers when the value is %s %s, and %s is a fraction of 1. Write a lower number.", c.Op, recoversWhen(c.Op), decimal(v), m.sources[0].Metric.Name)
				}
			}
		}
	}}
}

// recoversWhen returns the comparison with the recovery threshold that ends an alert.
func recoversWhen(op string) string {
	return map[string]string{">": "<=", ">=": "<", "<": ">=", "<=": ">"}[op]
}
