package lint

import (
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/diag"
	"ddmon/internal/monitorcheck"
	"ddmon/internal/object"
)

func nameTemplate() Rule {
	return Rule{Code: "name_template", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			name, _ := m.body["name"].(string)
			if !strings.Contains(name, "{{") {
				continue
			}
			view := *m.view
			view.Message, view.Options.EscalationMessage = name, ""
			for _, problem := range monitorcheck.Check(&view) {
				if problem.Field == "message" {
					p.addFinding(nodeLocation(m.o, object.Path{"name"}, ddquery.Span{From: problem.Offset, To: problem.End}),
						"Suspicious template in name", "%s", problemDetail(problem))
				}
			}
		}
	}}
}
