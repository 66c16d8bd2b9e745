package lint

import "ddmon/internal/diag"

func widgetUncovered() Rule {
	return Rule{Code: "widget_uncovered", Severity: diag.SeverityInfo, OptIn: true, Run: func(p *pass) {
		covered := map[string]bool{}
		uses := p.uses()
		for _, u := range uses {
			if u.monitor != nil {
				covered[u.Metric.Name] = true
			}
		}
		reported := map[string]bool{}
		for _, u := range uses {
			key := u.o.Address.String() + " " + u.Metric.Name
			if u.monitor != nil || covered[u.Metric.Name] || reported[key] {
				continue
			}
			reported[key] = true
			p.addFinding(u.in(u.Metric), "Metric without a monitor",
				"The dashboard shows %s, but no monitor of this stack queries it, so a problem is only noticed by someone watching the dashboard. Add a monitor for it.", u.Metric.Name)
		}
	}}
}
