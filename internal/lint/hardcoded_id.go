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
					p.find(m.in(member.id), "Id written as a number",
						"The id says nothing to a reader, differs in every organization, and does not follow a monitor that is made anew. Write monitor.NAME.id%s.", p.nameOf(member.id.ID))
				}
			}
		}
		for _, d := range p.dashboards {
			for _, w := range d.widgets {
				id, ok := w.definition["alert_id"].(string)
				if _, reference := p.ids.address[id]; !ok || reference {
					continue
				}
				p.find(d.at(w.path.With("definition").With("alert_id")), "Id written as a number",
					"The id says nothing to a reader, differs in every organization, and does not follow a monitor that is made anew. Write monitor.NAME.id%s.", p.nameOf(id))
			}
		}
	}}
}

// nameOf says which object of the stack has an id.
func (p *pass) nameOf(id string) string {
	if o := p.byID[id]; o != nil && o.Address != (object.Address{}) {
		return ": " + o.Address.String() + ".id"
	}
	return ""
}
