package lint

import (
	"regexp"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/diag"
)

func singleBrace() Rule {
	return Rule{Code: "single_brace", Severity: diag.SeverityWarning, Run: func(p *pass) {
		tag := regexp.MustCompile(`(?:^|[^{$])(\{(?:[#^/]is_[a-z_]+|value|threshold|warn_threshold|[a-z_@.-]+\.name)\})(?:[^}]|$)`)
		for _, m := range p.monitors {
			ddquery.Walk(m.message.Template, func(n ddquery.Node) bool {
				text, ok := n.(*ddquery.TemplateText)
				if !ok || !strings.Contains(text.Raw, "{") {
					return true
				}
				for _, at := range tag.FindAllStringSubmatchIndex(text.Raw, -1) {
					written := text.Raw[at[2]:at[3]]
					p.addFinding(m.inMessage(ddquery.Span{From: text.From + at[2], To: text.From + at[3]}), "Variable with single braces",
						"Datadog treats %s as plain text, because variables need double braces. Write {%s}.", written, written)
				}
				return true
			})
		}
	}}
}
