package lint

import "ddmon/internal/diag"

func handleNever() Rule {
	return Rule{Code: "handle_never", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			for _, b := range m.reach().never() {
				if b.someone() && m.shows(b) {
					why, mend := whyNever(m, b)
					p.find(m.inMessage(b.block.Name), "Handle in a branch never shown",
						"This part of the message is never shown: %s. Whom it names is never told. %s", why, mend)
				}
			}
		}
	}}
}

// shows reports whether a branch is of the message, not of the escalation message.
func (m *monitor) shows(b *branch) bool {
	return b.block.To <= len(m.view.Message) && m.view.Message[b.block.From:b.block.From+len(b.block.OpenTag)] == b.block.OpenTag
}

// whyNever says why a branch of a message is never shown, and what to do about it.
func whyNever(m *monitor, b *branch) (why, mend string) {
	set, sure := when(b.block.Name.Name)
	possible := m.possible()
	if sure && !b.block.Negated && set&possible == 0 {
		switch {
		case set&^warnings == 0:
			return "the monitor has no warning threshold", "Set options.thresholds.warning, or take the block away."
		case set&^noData == 0:
			return "the monitor does not notify on missing data",
				"Set options.on_missing_data = \"show_and_notify_no_data\" (of a composite or service check notify_no_data = true), or take the block away."
		case set == renotifications:
			return "the monitor does not renotify", "Set options.renotify_interval, or take the block away."
		case set == onUnknown:
			return "only a service check can be unknown", "Take the block away."
		}
	}
	return "the conditions around it exclude it", "Move it out of the block around it, or take it away."
}
