package lint

import (
	"ddmon/internal/diag"
	"ddmon/internal/monitor"
)

func handleNever() Rule {
	return Rule{Code: "handle_never", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			for _, b := range m.neverSent() {
				if b.Notifies {
					reason, fix := neverSentReason(m, b)
					p.addFinding(m.inMessage(b.Block.Name), "Handle in a block that never applies",
						"Datadog never sends this part of the message, so it notifies no one: %s. %s", reason, fix)
				}
			}
		}
	}}
}

// neverSentReason returns the reason that a branch of a message is never sent, and how to fix it.
func neverSentReason(m *stackMonitor, b *monitor.Branch) (reason, fix string) {
	if !b.Block.Negated {
		switch m.view.NeverTrue(b.Block.Name.Name) {
		case monitor.OnSchedule:
			return "each evaluation of a custom schedule is independent, so there are no recoveries or renotifications", "Remove the block."
		case monitor.NoWarningThreshold:
			return "the monitor has no warning threshold", "Set options.thresholds.warning, or remove the block."
		case monitor.NoMissingData:
			return "the monitor does not notify on missing data",
				"Set options.on_missing_data = \"show_and_notify_no_data\" (for a composite or service check, notify_no_data = true), or remove the block."
		case monitor.NoRenotification:
			return "the monitor does not renotify", "Set options.renotify_interval, or remove the block."
		case monitor.NotServiceCheck:
			return "only a service check can have the status unknown", "Remove the block."
		case monitor.MaySend, monitor.SomethingElse:
		}
	}
	return "the blocks around it exclude its condition", "Move it out of the enclosing block, or remove it."
}
