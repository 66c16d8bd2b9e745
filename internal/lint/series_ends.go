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
					p.find(m.in(s.Metric), "Series ends instead of going to 0",
						"When what %s measures is gone, the series ends: there is no 0 to be below %s, and a gauge without data keeps its last status or shows No Data, and tells nobody. Set options.on_missing_data = \"show_and_notify_no_data\", write default_zero(...), or watch a metric that is 0 then, such as kubernetes_state.deployment.replicas_available.",
						s.Metric.Name, threshold(m.comparison()))
					break
				}
			}
		}
	}}
}

// endsWhenGone reports whether a metric's series is known to end.
func (p *pass) endsWhenGone(metric string) bool {
	return p.facts.all(metric, func(m Metric) bool { return m.WhenGone == GoneEnds })
}
