package lint

import "ddmon/internal/diag"

func variableUnused() Rule {
	return Rule{Code: "template_variable_unused", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, d := range p.dashboards {
			for _, v := range d.variables() {
				if !mentions(d.body["widgets"], v.name) {
					p.find(d.at(v.path.With("name")), "Template variable that nothing uses",
						"No widget has $%s, so choosing a value changes nothing. Write it into the queries, or take the variable away.", v.name)
				}
			}
		}
	}}
}
