package lint

import (
	"slices"

	"ddmon/internal/diag"
)

func queryUnused() Rule {
	return Rule{Code: "query_unused", Severity: diag.SeverityInfo, Run: func(p *pass) {
		for _, d := range p.dashboards {
			formulas := d.queriesByPath()
			for _, r := range d.requests() {
				var used []string
				readable := true
				for _, path := range r.formulas {
					t := formulas[path.String()]
					if t == nil || t.formula == nil {
						readable = false
						break
					}
					for _, ref := range refsOf(t.formula) {
						used = append(used, ref.Name)
					}
				}
				for i, name := range r.names {
					if readable && !slices.Contains(used, name) {
						p.addFinding(d.at(r.path.With("queries").With(i)), "Query not used in a formula",
							"No formula of the request uses %q, so Datadog fetches its data but does not show it. Add a formula, or remove the query.", name)
					}
				}
			}
		}
	}}
}
