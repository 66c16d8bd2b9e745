package lint

import "ddmon/internal/diag"

func branchNever() Rule {
	return Rule{Code: "branch_never", Severity: diag.SeverityInfo, Run: func(p *pass) {
		for _, m := range p.monitors {
			for _, b := range m.never() {
				if !b.Notifies {
					why, mend := whyNever(m, b)
					p.find(m.inMessage(b.Block.Name), "Part of the message never shown", "This part of the message is never shown: %s. %s", why, mend)
				}
			}
		}
	}}
}
