package lint

import "ddmon/internal/diag"

func handleNever() Rule {
	return Rule{Code: "handle_never", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			for _, b := range m.reach().never() {
				if b.someone() && p.holdsBlock(m, b) {
					p.find(m.inMessage(b.block.Name), "Handle in a branch never shown",
						"This part of the message is never shown: %s. Whom it names is never told. %s", whyNever(m, b), mendNever(b))
				}
			}
		}
	}}
}

// holdsBlock reports whether a branch is of the message, not of the escalation message.
func (p *pass) holdsBlock(m *monitor, b *branch) bool {
	return b.block.To <= len(m.view.Message) && m.view.Message[b.block.From:b.block.From+len(b.block.OpenTag)] == b.block.OpenTag
}

// whyNever says why a branch of a message is never shown.
func whyNever(m *monitor, b *branch) string {
	switch set, sure := when(b.block.Name.Name); {
	case !sure || b.block.Negated:
		return "the conditions around it exclude each other"
	case set&^(onWarning|onAlertToWarning|onRenotifyWarning|onWarningRecovery) == 0 && m.possible()&warnings == 0:
		return "the monitor has no warning threshold"
	case set&^noData == 0 && m.possible()&set == 0:
		return "the monitor does not notify on missing data"
	case set&^renotifications == 0 && m.possible()&renotifications == 0:
		return "the monitor does not renotify"
	case set == onUnknown:
		return "only a service check can be unknown"
	}
	return "the conditions around it exclude each other"
}

// mendNever says what to do about it.
func mendNever(b *branch) string {
	switch set, _ := when(b.block.Name.Name); {
	case set&warnings != 0 && set&onRecovery == 0 && set&renotifications != renotifications:
		return "Set options.thresholds.warning, or take the block away."
	case set&noData != 0 && set&onRecovery == 0 && set&renotifications != renotifications:
		return "Set options.on_missing_data = \"show_and_notify_no_data\" (of a composite or service check notify_no_data = true), or take the block away."
	case set == renotifications:
		return "Set options.renotify_interval, or take the block away."
	}
	return "Move it out of the block around it, or take it away."
}
