package lint

import (
	"fmt"

	"ddmon/internal/diag"
)

// validateComposite checks the members of a composite that belong to this stack.
func (p *pass) validateComposite(m *stackMonitor) {
	for _, member := range p.members(m) {
		if !member.known {
			continue
		}
		if member.address.Kind != "monitor" {
			p.add("composite_member", diag.SeverityError, m.in(member.id), "Member is not a monitor",
				fmt.Sprintf("A composite can only combine monitors, and %s is not a monitor. Refer to a monitor: monitor.NAME.id.", member.address))
			continue
		}
		if member.address == m.o.Address {
			p.add("composite_member", diag.SeverityError, m.in(member.id), "Composite contains itself",
				"The query contains the monitor's own ID. List the monitors that it combines.")
			continue
		}
		if other := p.monitor(member.address); other != nil && other.view.Type == "composite" {
			p.add("composite_member", diag.SeverityError, m.in(member.id), "Composite contains a composite",
				fmt.Sprintf("%s is a composite, and Datadog does not support nested composites. Write its members here, in parentheses.", member.address))
		}
	}
}
