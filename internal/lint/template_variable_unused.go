package lint

import "ddmon/internal/diag"

func variableUnused() Rule {
	return Rule{Code: "template_variable_unused", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, d := range p.dashboards {
			for _, v := range d.variables() {
				if !mentions(d.body["widgets"], v.name) {
					p.addFinding(d.at(v.path.With("name")), "Unused template variable",
						"No widget uses $%s, so selecting a value has no effect. Use it in the queries, or remove the variable.", v.name)
				}
			}
		}
	}}
}
