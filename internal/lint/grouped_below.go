package lint

import "ddmon/internal/diag"

func groupedBelow() Rule {
	return Rule{Code: "grouped_below", Severity: diag.SeverityWarning, Run: func(p *pass) {
		for _, m := range p.monitors {
			q := m.log()
			if q == nil || len(q.By()) == 0 {
				continue
			}
			v, ok := q.Cmp.Value()
			if below(q.Cmp) || ok && q.Cmp.Op == "==" && v == 0 {
				p.find(m.in(q.Cmp), "A silent group does not alert",
					"The query groups by %s. A group without any event is not there to be compared, so it does not alert: only all groups together do. Write one monitor without groups for each of them (for_each).", keyList(q.By()))
			}
		}
	}}
}
