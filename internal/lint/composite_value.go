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
					p.addFinding(m.inMessage(v), "Variable not available in composite monitors",
						"A composite monitor has no %s, so this variable renders empty. Use a member's value: {{a.value}} for the first member, {{b.value}} for the second.", v.Path)
				}
				return true
			})
		}
	}}
}
