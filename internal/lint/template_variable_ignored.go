package lint

import "ddmon/internal/diag"

func variableIgnored() Rule {
	return Rule{Code: "template_variable_ignored", Severity: diag.SeverityInfo, OptIn: true, Run: func(p *pass) {
		for _, d := range p.dashboards {
			for _, t := range d.queries {
				root := t.root()
				if root == nil || t.formula != nil {
					continue
				}
				for _, v := range d.variables() {
					if !mentions(t.value, v.name) {
						p.addFinding(location{o: t.o, path: t.path}, "Query does not use a template variable",
							"The query does not use $%s, so the graph does not change when a viewer selects a value. Add the variable to the scope.", v.name)
					}
				}
			}
		}
	}}
}
