package lint

import "ddmon/internal/diag"

func variableIgnored() Rule {
	return Rule{Code: "template_variable_ignored", Severity: diag.SeverityInfo, OnRequest: true, Run: func(p *pass) {
		for _, d := range p.dashboards {
			for _, t := range d.texts {
				root := t.root()
				if root == nil || t.formula != nil {
					continue
				}
				for _, v := range d.variables() {
					if !mentions(t.value, v.name) {
						p.find(spot{o: t.o, path: t.path}, "Query without a template variable",
							"The query does not use $%s, so this graph stays the same whatever is chosen above it. Add it to the scope.", v.name)
					}
				}
			}
		}
	}}
}
