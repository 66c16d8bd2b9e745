package lint

import "ddmon/internal/diag"

func widgetUncovered() Rule {
	return Rule{Code: "widget_uncovered", Severity: diag.SeverityInfo, OnRequest: true, Run: func(p *pass) {
		covered := map[string]bool{}
		uses := p.uses()
		for _, u := range uses {
			if u.monitor != nil {
				covered[u.Metric.Name] = true
			}
		}
		told := map[string]bool{}
		for _, u := range uses {
			key := u.o.Address.String() + " " + u.Metric.Name
			if u.monitor != nil || covered[u.Metric.Name] || told[key] {
				continue
			}
			told[key] = true
			p.find(u.in(u.Metric), "Metric that no monitor watches",
				"The dashboard shows %s and no monitor of this stack looks at it: somebody has to be looking to notice. Write a monitor for it.", u.Metric.Name)
		}
	}}
}
