package lint

import (
	"ddmon/internal/diag"
	"ddmon/internal/monitor"
)

func handleRecovery() Rule {
	return Rule{Code: "handle_recovery", Severity: diag.SeverityInfo, Run: func(p *pass) {
		for _, m := range p.monitors {
			n := m.notified()
			if m.view.Draft || m.view.Events()&monitor.OnAlertRecovery == 0 || n.events&monitor.OnAlert == 0 || n.events&monitor.OnAlertRecovery != 0 {
				continue
			}
			p.addFinding(m.inMessage(n.onAlert), "No one is notified of the recovery",
				"The recipients of the alert are not notified of its recovery: every handle is in a block that does not apply then. Put the handles outside the blocks. Paging tools (PagerDuty, Opsgenie) need the recovery to resolve their incident.")
		}
	}}
}
