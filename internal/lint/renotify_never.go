package lint

import "ddmon/internal/diag"

func renotifyNever() Rule {
	return Rule{Code: "renotify_never", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			for i, status := range m.view.Options.RenotifyStatuses {
				at := m.field("options", "renotify_statuses", i)
				switch {
				case status == "warn" && !m.view.CanRenotify(status):
					p.addFinding(at, "Renotification for an unused status", "The monitor has no warning threshold, so its status is never warn. Set options.thresholds.warning, or remove the status.")
				case status == "no data" && !m.view.CanRenotify(status):
					p.addFinding(at, "Renotification for an unused status", "The monitor does not notify of missing data, so it has nothing to repeat. Set options.on_missing_data = \"show_and_notify_no_data\", or remove the status.")
				}
			}
		}
	}}
}
