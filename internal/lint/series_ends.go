package lint

import "ddmon/internal/diag"

func seriesEnds() Rule {
	return Rule{Code: "series_ends", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			if !below(m.comparison()) || m.view.Options.NotifiesNoData() || m.fillsGaps() {
				continue
			}
			for _, s := range m.sources {
				if p.endsWhenGone(s.Metric.Name) {
					p.addFinding(m.in(s.Metric), "Series ends instead of going to 0",
						"When the source of %s is gone, the series ends, so the value does not drop below %s. A gauge without data keeps its last status or shows No Data, and notifies no one. Set options.on_missing_data = \"show_and_notify_no_data\", use default_zero(...), or monitor a metric that drops to 0, such as kubernetes_state.deployment.replicas_available.",
						s.Metric.Name, threshold(m.comparison()))
					break
				}
			}
		}
	}}
}

// endsWhenGone reports whether a metric is known to stop reporting when its source is gone.
func (p *pass) endsWhenGone(metric string) bool {
	return p.metrics.all(metric, func(m Metric) bool { return m.WhenGone == GoneEnds })
}
