package lint

import (
	"fmt"

	"ddmon/internal/diag"
)

// validateComposite checks whom a composite names, as far as they are of this stack.
func (p *pass) validateComposite(m *stackMonitor) {
	for _, member := range p.members(m) {
		if !member.known {
			continue
		}
		if member.address.Kind != "monitor" {
			p.add("composite_member", diag.SeverityError, m.in(member.id), "Member is no monitor",
				fmt.Sprintf("A composite combines monitors, and %s is none. Refer to a monitor: monitor.NAME.id.", member.address))
			continue
		}
		if member.address == m.o.Address {
			p.add("composite_member", diag.SeverityError, m.in(member.id), "Composite of itself",
				"The query names the monitor's own id. Name the monitors that it combines.")
			continue
		}
		if other := p.monitor(member.address); other != nil && other.view.Type == "composite" {
			p.add("composite_member", diag.SeverityError, m.in(member.id), "Composite of a composite",
				fmt.Sprintf("%s is a composite itself, and Datadog does not combine composites. Write its members here, in parentheses.", member.address))
		}
	}
}
