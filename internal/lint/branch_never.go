package lint

import "ddmon/internal/diag"

func branchNever() Rule {
	return Rule{Code: "branch_never", Severity: diag.SeverityInfo, Run: func(p *pass) {
		for _, m := range p.monitors {
			for _, b := range m.neverSent() {
				if !b.Notifies {
					reason, fix := neverSentReason(m, b)
					p.addFinding(m.inMessage(b.Block.Name), "Message block never applies", "Datadog never sends this part of the message: %s. %s", reason, fix)
				}
			}
		}
	}}
}
