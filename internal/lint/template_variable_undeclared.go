package lint

import "ddmon/internal/diag"

func variableUndeclared() Rule {
	return Rule{Code: "template_variable_undeclared", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, d := range p.dashboards {
			variables := d.variables()
			for _, t := range d.texts {
				root := t.root()
				if root == nil {
					continue
				}
				for _, use := range variablesOf(root) {
					if !declares(variables, use.name) {
						p.find(t.in(use.node), "Template variable that is not declared",
							"The dashboard has no template variable %s, so the query matches nothing. Declare it (template_variable %q), or write the tag itself.", use.name, use.name)
					}
				}
			}
		}
	}}
}
