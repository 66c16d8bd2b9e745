package lint

import (
	"ddmon/internal/diag"
	"ddmon/internal/monitor"
)

func handleBranch() Rule {
	return Rule{Code: "handle_branch", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			r := m.reach()
			if !r.any || m.view.Draft || len(p.memberOf[m.o.Address]) > 0 {
				continue
			}
			possible := m.view.Events()
			for _, e := range []struct {
				event monitor.Events
				what  string
			}{{monitor.OnAlert, "alert"}, {monitor.OnWarning, "warning"}, {monitor.OnNoData, "missing data"}} {
				// Whom a block excludes on purpose is a matter of taste for warnings of composites and service checks,
				// which have them without asking.
				if e.event == monitor.OnWarning && m.view.Options.Thresholds.Warning == nil {
					continue
				}
				if possible&e.event != 0 && r.notified&e.event == 0 {
					p.find(m.field("message"), "Nobody hears of "+e.what,
						"The monitor notifies of %s, but every handle stands in a block that is not shown then. Move a handle out of the blocks, or write one into a block for it.", e.what)
				}
			}
		}
	}}
}
