package lint

import (
	"regexp"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/diag"
)

func handleSyntax() Rule {
	return Rule{Code: "handle_syntax", Severity: diag.SeverityWarning, Run: func(p *pass) {
		// Only the handles of integrations: any other text with an @ in the middle can be an email address.
		unspaced := regexp.MustCompile(`[^\s}](@(?:slack|pagerduty|webhook|teams|opsgenie|servicenow|jira|workflow|team|victorops|hipchat|case|oncall)-[\w-]+)`)
		for _, m := range p.monitors {
			if !strings.Contains(m.view.Message, "@") {
				continue
			}
			var before ddquery.Node
			ddquery.Walk(m.message.Template, func(n ddquery.Node) bool {
				switch n := n.(type) {
				case *ddquery.TemplateText:
					for _, at := range unspaced.FindAllStringSubmatchIndex(n.Raw, -1) {
						p.missingSpace(m, ddquery.Span{From: n.From + at[2], To: n.From + at[3]})
					}
				case *ddquery.Handle:
					p.handleSyntax(m, before, n)
				}
				before = n
				return true
			})
		}
	}}
}

// missingSpace reports a handle without a space before it.
func (p *pass) missingSpace(m *stackMonitor, at ddquery.Span) {
	p.addFinding(m.inMessage(at), "Missing space before handle", "A handle must start a line or follow a space. Datadog treats this one as plain text and notifies no one. Add a space before the @.")
}

// handleSyntax checks the characters around a handle.
func (p *pass) handleSyntax(m *stackMonitor, before ddquery.Node, h *ddquery.Handle) {
	switch before := before.(type) {
	case *ddquery.TemplateVar, *ddquery.TemplateHelper:
		if before.End() == h.From {
			p.missingSpace(m, h.Span)
		}
	}
	if rest := m.view.Message[h.To:]; strings.HasPrefix(rest, "(") && !strings.HasPrefix(h.Raw, "@workflow-") {
		p.addFinding(m.inMessage(h), "Parenthesis after handle", "Only workflow handles accept arguments in parentheses. Datadog may treat these as part of the name. Add a space after %s.", h.Raw)
	}
}
