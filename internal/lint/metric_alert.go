package lint

import "ddmon/internal/diag"

func metricAlert() Rule {
	return Rule{Code: "metric_alert", Severity: diag.SeverityInfo, Run: func(p *pass) {
		for _, m := range p.monitors {
			if m.view.Type == "metric alert" {
				p.addFinding(m.field("type"), "Legacy monitor type",
					"\"metric alert\" is the older name of \"query alert\", and Datadog's responses use either. Write \"query alert\", as the UI does.")
			}
		}
	}}
}
