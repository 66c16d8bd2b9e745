package lint

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/diag"
)

func seriesEnds() Rule {
	return Rule{Code: "series_ends", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			s := p.endingSeries(m)
			if s == nil || m.view.Options.NotifiesNoData() || m.fillsGaps() {
				continue
			}
			p.addFinding(m.in(s.Metric), "Series ends instead of going to 0",
				"When the source of %s is gone, the series ends, so the value does not become %s. A gauge without data keeps its last status or shows No Data, and notifies no one. Set options.on_missing_data = \"show_and_notify_no_data\", use default_zero(...), or monitor a metric that drops to 0, such as kubernetes_state.deployment.replicas_available.",
				s.Metric.Name, m.query.Source[m.comparison().From:m.comparison().To])
		}
	}}
}

// endingSeries returns the first source whose series ends instead of reaching the threshold, or nil. The threshold of
// the monitor must mean that the source is gone: with < 5400, the value 0 of a missing series would be an alert, too.
func (p *pass) endingSeries(m *stackMonitor) *ddquery.Source {
	c := m.comparison()
	if c == nil {
		return nil
	}
	for _, s := range m.sources {
		if p.endsWhenGone(s.Metric.Name) && meansGone(c, p.smallest(s.Metric.Name)) {
			return s
		}
	}
	return nil
}

// meansGone reports whether a comparison is only true for 0 or less than the smallest value of a source that exists.
func meansGone(c *ddquery.Comparison, smallest float64) bool {
	v, ok := c.Value()
	switch {
	case !ok:
		return false
	case c.Op == "==":
		return v == 0
	}
	return below(c) && v >= 0 && v <= smallest
}

// smallest returns the largest threshold of a metric that still means that its source is gone.
func (p *pass) smallest(metric string) float64 {
	if p.metrics.all(metric, func(m Metric) bool { return m.Unit == "fraction" }) {
		return 0
	}
	return 1
}

// endsWhenGone reports whether a metric is known to stop reporting when its source is gone.
func (p *pass) endsWhenGone(metric string) bool {
	return p.metrics.all(metric, func(m Metric) bool { return m.WhenGone == GoneEnds })
}
