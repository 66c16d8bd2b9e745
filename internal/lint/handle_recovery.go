package lint

import (
	"ddmon/internal/diag"
	"ddmon/internal/monitor"
)

func handleRecovery() Rule {
	return Rule{Code: "handle_recovery", Severity: diag.SeverityInfo, Run: func(p *pass) {
		for _, m := range p.monitors {
			r := m.reach()
			if m.view.Draft || r.notified&monitor.OnAlert == 0 || r.notified&monitor.OnAlertRecovery != 0 {
				continue
			}
			p.find(m.inMessage(r.alerted), "Nobody hears of the recovery",
				"Whoever is told of the alert is not told that it is over: every handle stands in a block that is not shown then. Put the handles behind the blocks; what pages (PagerDuty, Opsgenie) needs the recovery to close its incident.")
		}
	}}
}
