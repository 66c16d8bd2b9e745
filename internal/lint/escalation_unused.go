package lint

import "ddmon/internal/diag"

func escalationUnused() Rule {
	return Rule{Code: "escalation_unused", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			o := &m.view.Options
			if o.EscalationMessage != "" && o.CustomSchedule {
				p.addFinding(m.field("options", "escalation_message"), "Escalation message is never sent",
					"Datadog sends the escalation message with renotifications. A monitor with a custom schedule notifies after each evaluation instead. Remove the message.")
			} else if o.EscalationMessage != "" && !o.Renotifies() {
				p.addFinding(m.field("options", "escalation_message"), "Escalation message is never sent",
					"Datadog sends the escalation message with renotifications, and the monitor does not renotify. Set options.renotify_interval, in minutes, or remove the message.")
			}
		}
	}}
}
