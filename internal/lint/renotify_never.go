package lint

import (
	"ddmon/internal/diag"
	"ddmon/internal/monitor"
)

func renotifyNever() Rule {
	return Rule{Code: "renotify_never", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			possible := m.view.Events()
			for i, status := range m.view.Options.RenotifyStatuses {
				at := m.field("options", "renotify_statuses", i)
				switch {
				case status == "warn" && possible&monitor.OnWarning == 0:
					p.find(at, "Renotification of a status without threshold", "The monitor has no warning threshold, so it is never in warn. Set options.thresholds.warning, or take the status away.")
				case status == "no data" && possible&monitor.MissingData == 0:
					p.find(at, "Renotification of a status never entered", "The monitor is never in no data: missing data leaves its status as it is. Set options.on_missing_data = \"show_and_notify_no_data\", or take the status away.")
				}
			}
		}
	}}
}
