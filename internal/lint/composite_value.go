package lint

import (
	"slices"

	"ddmon/internal/ddquery"
	"ddmon/internal/diag"
)

func compositeValue() Rule {
	return Rule{Code: "composite_value", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			if m.view.Type != "composite" {
				continue
			}
			ddquery.Walk(m.message.Template, func(n ddquery.Node) bool {
				if v, ok := n.(*ddquery.TemplateVar); ok && slices.Contains([]string{"value", "threshold", "warn_threshold", "ok_threshold", "comparator"}, v.Path) {
					p.find(m.inMessage(v), "Variable that a composite lacks",
						"A composite has no %s of its own, so this stays empty. Write a member's: {{a.value}} is the first member's, {{b.value}} the second's.", v.Path)
				}
				return true
			})
		}
	}}
}
