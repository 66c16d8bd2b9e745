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
					p.find(m.field("options", "require_full_window"), "Full window of a sparse metric",
						"%s has points only when something happens. With require_full_window a window with more than three empty parts is not evaluated at all, so the monitor stays as it is. Set it to false.", s.Metric.Name)
					break
				}
			}
		}
	}}
}

// sparse reports whether a source has points only when something happens.
func (p *pass) sparse(s *ddquery.Source) bool {
	if s.Modifier("as_count") != nil {
		return !p.isGauge(s.Metric.Name)
	}
	return p.facts.all(s.Metric.Name, func(m Metric) bool { return m.Type == "count" || m.Interval > 60 })
}
