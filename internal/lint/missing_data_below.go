package lint

import "ddmon/internal/diag"

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
				p.addFinding(m.in(c), "Missing data handling is not set",
					"With on_missing_data = \"default\", Datadog evaluates a count without data as 0, which is below %s, so the monitor also alerts when its source goes silent. Without the option, it depends on the monitor type. Set options.on_missing_data to \"default\" or \"show_no_data\".", threshold(c))
			case m.metric() != nil && !m.counts() && p.endingSeries(m) == nil:
				p.addFinding(m.in(c), "Monitor does not alert on missing data",
					"A gauge without data keeps its last status or shows No Data and notifies no one, so this monitor never alerts when its source is gone. Set options.on_missing_data to \"show_and_notify_no_data\" or \"show_no_data\".")
			}
		}
	}}
}
