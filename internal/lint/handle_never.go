package lint

import (
	"ddmon/internal/diag"
	"ddmon/internal/monitor"
)

func handleNever() Rule {
	return Rule{Code: "handle_never", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			for _, b := range m.never() {
				if b.Notifies {
					why, mend := whyNever(m, b)
					p.find(m.inMessage(b.Block.Name), "Handle in a branch never shown",
						"This part of the message is never shown: %s. Whom it names is never told. %s", why, mend)
				}
			}
		}
	}}
}

// whyNever says why a branch of a message is never shown, and what to do about it.
func whyNever(m *stackMonitor, b *monitor.Branch) (why, mend string) {
	set, sure := monitor.When(b.Block.Name.Name)
	if sure && !b.Block.Negated && set&m.view.Events() == 0 {
		switch {
		case set&^monitor.Warnings == 0:
			return "the monitor has no warning threshold", "Set options.thresholds.warning, or take the block away."
		case set&^monitor.MissingData == 0:
			return "the monitor does not notify on missing data",
				"Set options.on_missing_data = \"show_and_notify_no_data\" (of a composite or service check notify_no_data = true), or take the block away."
		case set == monitor.Renotifications:
			return "the monitor does not renotify", "Set options.renotify_interval, or take the block away."
		case set == monitor.OnUnknown:
			return "only a service check can be unknown", "Take the block away."
		}
	}
	return "the conditions around it exclude it", "Move it out of the block around it, or take it away."
}
