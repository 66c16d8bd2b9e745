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
				p.addFinding(m.in(q.Cmp), "A silent group does not alert",
					"The query groups by %s. Datadog does not evaluate a group without events, so a silent group does not alert unless all groups are silent. Write one ungrouped monitor per group (for_each).", keyList(q.By()))
			}
		}
	}}
}
