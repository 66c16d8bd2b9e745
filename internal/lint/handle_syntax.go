package lint

import (
	"regexp"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/diag"
)

func handleSyntax() Rule {
	return Rule{Code: "handle_syntax", Severity: diag.SeverityWarning, Run: func(p *pass) {
		// What integrations' handles start with: text with a @ in the middle may be an address of any other sort.
		glued := regexp.MustCompile(`[^\s}](@(?:slack|pagerduty|webhook|teams|opsgenie|servicenow|jira|workflow|team|victorops|hipchat|case|oncall)-[\w-]+)`)
		for _, m := range p.monitors {
			if !strings.Contains(m.view.Message, "@") {
				continue
			}
			var before ddquery.Node
			ddquery.Walk(m.message.Template, func(n ddquery.Node) bool {
				switch n := n.(type) {
				case *ddquery.TemplateText:
					for _, at := range glued.FindAllStringSubmatchIndex(n.Raw, -1) {
						p.gluedHandle(m, ddquery.Span{From: n.From + at[2], To: n.From + at[3]})
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

// gluedHandle reports a handle with text directly before it.
func (p *pass) gluedHandle(m *stackMonitor, at ddquery.Span) {
	p.find(m.inMessage(at), "Handle glued to the text before", "A handle starts behind a blank or at the start of a line; this is taken for plain text, and nobody is told. Put a blank before the @.")
}

// handleSyntax checks what stands around a handle.
func (p *pass) handleSyntax(m *stackMonitor, before ddquery.Node, h *ddquery.Handle) {
	switch before := before.(type) {
	case *ddquery.TemplateVar, *ddquery.TemplateHelper:
		if before.End() == h.From {
			p.gluedHandle(m, h.Span)
		}
	}
	if rest := m.view.Message[h.To:]; strings.HasPrefix(rest, "(") && !strings.HasPrefix(h.Raw, "@workflow-") {
		p.find(m.inMessage(h), "Handle with parentheses", "A handle holds no parentheses, except of a workflow's arguments; Datadog may take them for part of the name. Put a blank behind %s.", h.Raw)
	}
}
