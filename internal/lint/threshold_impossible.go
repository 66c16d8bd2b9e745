package lint

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/diag"
)

func thresholdImpossible() Rule {
	return Rule{Code: "threshold_impossible", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			c := m.comparison()
			if c == nil {
				continue
			}
			v, ok := c.Value()
			if !ok {
				continue
			}
			switch {
			case p.notNegative(m) && (c.Op == "<" && v <= 0 || c.Op == "<=" && v < 0):
				p.addFinding(m.in(c), "Threshold is never reached", "The value is never below 0, so the monitor never alerts. Set a threshold above 0. For example, < 1 alerts at 0.")
			case p.notNegative(m) && (c.Op == ">=" && v <= 0 || c.Op == ">" && v < 0):
				p.addFinding(m.in(c), "Threshold is always reached", "The value is never below 0, so the monitor always alerts. Set a threshold above 0.")
			case p.isFraction(m) && (c.Op == ">" && v >= 1 || c.Op == ">=" && v > 1):
				p.addFinding(m.in(c), "Threshold is never reached", "%s is a fraction, so it is never above %s. Write 0.9 for 90 percent.", m.sources[0].Metric.Name, decimal(v))
			}
		}
	}}
}

// isFraction reports whether a monitor queries a single metric with values from 0 to 1, without a sum.
func (p *pass) isFraction(m *stackMonitor) bool {
	q := m.metric()
	if q == nil || len(m.sources) != 1 || q.Expr != ddquery.Expr(m.sources[0]) || q.Agg.Name == "sum" {
		return false
	}
	s := m.sources[0]
	return (s.Agg == nil || s.Agg.Name != "sum") && p.metrics.all(s.Metric.Name, func(m Metric) bool { return m.Unit == "fraction" })
}
