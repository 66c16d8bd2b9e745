package lint

import (
	"ddmon/internal/diag"
	"ddmon/internal/object"
)

func hardcodedID() Rule {
	return Rule{Code: "hardcoded_id", Severity: diag.SeverityInfo, Run: func(p *pass) {
		for _, m := range p.monitors {
			for _, member := range p.members(m) {
				if !member.reference {
					p.addFinding(m.in(member.id), "Hardcoded monitor ID",
						"The ID means nothing to a reader, differs between organizations, and breaks when the monitor is recreated. Write monitor.NAME.id%s.", p.nameOf(member.id.ID))
				}
			}
		}
		for _, d := range p.dashboards {
			for _, w := range d.widgets {
				id, ok := w.definition["alert_id"].(string)
				if _, reference := p.ids.address[id]; !ok || reference {
					continue
				}
				p.addFinding(d.at(w.path.With("definition").With("alert_id")), "Hardcoded monitor ID",
					"The ID means nothing to a reader, differs between organizations, and breaks when the monitor is recreated. Write monitor.NAME.id%s.", p.nameOf(id))
			}
		}
	}}
}

// nameOf returns the reference to the object of the stack with this ID, or "".
func (p *pass) nameOf(id string) string {
	if o := p.byID[id]; o != nil && o.Address != (object.Address{}) {
		return ": " + o.Address.String() + ".id"
	}
	return ""
}
