package lint

import "ddmon/internal/diag"

func metricAlert() Rule {
	return Rule{Code: "metric_alert", Severity: diag.SeverityInfo, Run: func(p *pass) {
		for _, m := range p.monitors {
			if m.view.Type == "metric alert" {
				p.find(m.field("type"), "Older name of a type",
					"\"metric alert\" and \"query alert\" are one type, and Datadog answers with either. Write \"query alert\", as the UI does.")
			}
		}
	}}
}
