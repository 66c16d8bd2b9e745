package lint

import "ddmon/internal/diag"

func noHandle() Rule {
	return Rule{Code: "no_handle", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			if m.reach().any || m.view.Draft || len(p.memberOf[m.o.Address]) > 0 || m.view.Type == "synthetics alert" {
				continue
			}
			p.find(m.field("message"), "Monitor notifies no one",
				"The message names no one and no composite of this stack uses the monitor, so nobody hears of its alert. Write a handle such as @slack-CHANNEL into the message. If a notification rule routes it by tags, ignore this finding and say so.")
		}
	}}
}
