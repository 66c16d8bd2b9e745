package lint

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/diag"
)

func fullWindowSparse() Rule {
	return Rule{Code: "full_window_sparse", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			q := m.metric()
			if q == nil || !isTrue(m.view.Options.RequireFullWindow) {
				continue
			}
			for _, s := range m.sources {
				if p.sparse(s) {
					p.addFinding(m.field("options", "require_full_window"), "Full window required on a sparse metric",
						"%s only reports when something happens. With require_full_window, Datadog does not evaluate a window with more than three empty parts, and the monitor keeps its last status. Set it to false.", s.Metric.Name)
					break
				}
			}
		}
	}}
}

// sparse reports whether a source only reports when something happens.
func (p *pass) sparse(s *ddquery.Source) bool {
	if s.Modifier("as_count") != nil {
		return len(p.metrics.Of(s.Metric.Name)) == 0 || p.metrics.all(s.Metric.Name, isSparse)
	}
	return p.metrics.all(s.Metric.Name, isSparse)
}

// isSparse reports whether a metric is a count without an interval. A metric with an interval is sent by a check that
// runs regularly, also when nothing happens.
func isSparse(m Metric) bool { return m.Type == "count" && m.Interval == 0 }
