package lint

import "ddmon/internal/diag"

func variableUndeclared() Rule {
	return Rule{Code: "template_variable_undeclared", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, d := range p.dashboards {
			variables := d.variables()
			for _, t := range d.queries {
				root := t.root()
				if root == nil {
					continue
				}
				for _, use := range variablesOf(root) {
					if !declares(variables, use.name) {
						p.addFinding(t.in(use.node), "Undeclared template variable",
							"The dashboard does not declare the template variable %s, so the query matches nothing. Declare it (template_variable %q), or write the tag itself.", use.name, use.name)
					}
				}
			}
		}
	}}
}
