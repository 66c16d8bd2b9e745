package lint

import "ddmon/internal/diag"

func noHandle() Rule {
	return Rule{Code: "no_handle", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			if m.notified().anyHandle || m.view.Draft || len(p.memberOf[m.o.Address]) > 0 || m.view.Type == "synthetics alert" {
				continue
			}
			p.addFinding(m.field("message"), "Monitor notifies no one",
				"The message has no handle and no composite monitor of this stack uses the monitor, so it alerts but notifies no one. Add a handle such as @slack-CHANNEL to the message. If a notification rule routes the alert by tags, ignore this finding and say so.")
		}
	}}
}
