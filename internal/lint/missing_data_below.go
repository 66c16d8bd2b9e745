package lint

import (
	"slices"

	"ddmon/internal/diag"
)

func missingDataBelow() Rule {
	return Rule{Code: "missing_data_below", Severity: diag.SeverityInfo, Run: func(p *pass) {
		for _, m := range p.monitors {
			c := m.comparison()
			o := &m.view.Options
			if !below(c) || o.NotifyNoData != nil || m.fillsGaps() || o.OnMissingData != "" && o.OnMissingData != "default" {
				continue
			}
			switch {
			case m.counts() && o.OnMissingData == "":
				p.find(m.in(c), "Missing data is not decided on",
					"With on_missing_data = \"default\" a count without data is taken for 0, which is below %s, and the monitor also alerts when its source falls silent; what happens without the option depends on the monitor's kind. Say which is meant: options.on_missing_data = \"default\", or \"show_no_data\".", threshold(c))
			case m.metric() != nil && !m.counts() && !slices.ContainsFunc(m.sources, func(s source) bool { return p.endsWhenGone(s.Metric.Name) }):
				p.find(m.in(c), "Without data nothing alerts",
					"A gauge without data keeps its last status or shows No Data, and tells nobody: this never alerts when its source is gone. Decide on it: options.on_missing_data = \"show_and_notify_no_data\" or \"show_no_data\".")
			}
		}
	}}
}
