package lint

import (
	"ddmon/internal/ddquery"
	"ddmon/internal/diag"
)

func messageThreshold() Rule {
	return Rule{Code: "message_threshold", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			c := m.comparison()
			if c == nil || usesAlgorithm(m) {
				continue
			}
			name, _ := m.body["name"].(string)
			at, text := m.field("name"), name
			claim := contradiction(outsideLinks(claimsIn(name, 0), name), m)
			if claim == nil {
				claim, text = contradiction(outsideLinks(messageClaims(m.message.Template), m.view.Message), m), m.view.Message
				at = m.field("message")
			}
			if claim == nil {
				continue
			}
			at.isPart, at.from, at.to = true, claim.From, claim.To
			p.addFinding(at, "Number contradicts the threshold",
				"The text says %q, but the monitor alerts when the value is %s. Correct the number, or write {{threshold}} in the message, which Datadog replaces with the threshold.",
				text[claim.From:claim.To], ddquery.Print(c))
		}
	}}
}

// usesAlgorithm reports whether the threshold of a monitor is not compared with the value of its metric.
func usesAlgorithm(m *stackMonitor) bool {
	return ddquery.Calls(m.query.Root, "anomalies", "outliers", "forecast") || len(m.variables) > 0 && m.view.Options.ThresholdWindows != nil
}

// messageClaims returns the claims in the text of a message.
func messageClaims(t *ddquery.Template) []claim {
	var claims []claim
	ddquery.Walk(t, func(n ddquery.Node) bool {
		if text, ok := n.(*ddquery.TemplateText); ok {
			claims = append(claims, claimsIn(text.Raw, text.From)...)
		}
		return true
	})
	return claims
}

// contradiction returns the first claim about the side on which the monitor alerts, if none of these claims states one
// of its thresholds.
func contradiction(claims []claim, m *stackMonitor) *claim {
	var first *claim
	c := m.comparison()
	for i := range claims {
		if claims[i].above != (c.Op[0] == '>') || c.Op[0] != '>' && c.Op[0] != '<' {
			continue
		}
		for _, threshold := range thresholdsOf(m) {
			if claims[i].states(threshold, c.Op) {
				return nil
			}
		}
		if first == nil {
			first = &claims[i]
		}
	}
	return first
}

// thresholdsOf returns all thresholds of a monitor.
func thresholdsOf(m *stackMonitor) []float64 {
	var all []float64
	if v, ok := m.comparison().Value(); ok {
		all = append(all, v)
	}
	t := m.view.Options.Thresholds
	for _, v := range []*float64{t.Critical, t.CriticalRecovery, t.Warning, t.WarningRecovery} {
		if v != nil {
			all = append(all, *v)
		}
	}
	return all
}
