package lint

import (
	"fmt"

	"ddmon/internal/diag"
)

// validateQueries reports syntax errors in the queries of widgets and variables. Datadog stores a widget with any query
// and shows an error instead of the graph, so these are only warnings.
func (p *pass) validateQueries() {
	for _, t := range p.queries {
		if t.err == nil {
			continue
		}
		detail := sentence(t.err.Message)
		if t.err.Hint != "" {
			detail += " " + sentence(t.err.Hint)
		}
		at := location{o: t.o, path: t.path, isPart: t.value != "", from: t.err.Offset, to: t.err.End}
		p.add(t.err.Code, diag.SeverityWarning, at, "Invalid query", detail)
	}
	for _, d := range p.dashboards {
		p.validateFormulas(d)
	}
}

// validateFormulas reports formulas that use a query their request does not define.
func (p *pass) validateFormulas(d *dashboard) {
	formulas := d.queriesByPath()
	for _, r := range d.requests() {
		for _, path := range r.formulas {
			t := formulas[path.String()]
			if t == nil || t.formula == nil {
				continue
			}
			for _, ref := range refsOf(t.formula) {
				if !r.has(ref.Name) {
					p.add("formula_undefined", diag.SeverityWarning, t.in(ref), "Undefined query in formula",
						fmt.Sprintf("The request does not define a query named %s, so the widget shows an error. Rename one of its queries, or correct the formula.", ref.Name))
				}
			}
		}
	}
}
