package lint

import (
	"ddmon/internal/diag"
	"ddmon/internal/monitor"
)

func handleBranch() Rule {
	return Rule{Code: "handle_branch", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			n := m.notified()
			if !n.anyHandle || m.view.Draft || len(p.memberOf[m.o.Address]) > 0 {
				continue
			}
			possible := m.view.Events()
			for _, e := range []struct {
				event monitor.Events
				what  string
			}{{monitor.OnAlert, "alert"}, {monitor.OnWarning, "warning"}, {monitor.OnNoData, "missing data"}} {
				// Composites and service checks always have a warning status, so leaving out its recipients is a valid
				// choice.
				if e.event == monitor.OnWarning && m.view.Options.Thresholds.Warning == nil {
					continue
				}
				if possible&e.event != 0 && n.events&e.event == 0 {
					p.addFinding(m.field("message"), "No one is notified of "+e.what,
						"The monitor notifies on %s, but every handle is in a block that does not apply then. Move a handle out of the blocks, or add one to a block for this status.", e.what)
				}
			}
		}
	}}
}
