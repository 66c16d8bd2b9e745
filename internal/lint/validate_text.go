package lint

import (
	"fmt"

	"ddmon/internal/diag"
)

// validateTexts reports queries of widgets and variables that do not parse. Datadog stores a widget whatever its
// queries are, and shows an error in place of the graph, so this stops nothing.
func (p *pass) validateTexts() {
	for _, t := range p.texts {
		if t.err == nil {
			continue
		}
		detail := sentence(t.err.Message)
		if t.err.Hint != "" {
			detail += " " + sentence(t.err.Hint)
		}
		s := spot{o: t.o, path: t.path, part: t.value != "", from: t.err.Offset, to: t.err.End}
		p.add(t.err.Code, diag.SeverityWarning, s, "Query does not parse", detail)
	}
	for _, d := range p.dashboards {
		p.validateFormulas(d)
	}
}

// validateFormulas reports formulas that name a query which their request does not have.
func (p *pass) validateFormulas(d *dashboard) {
	formulas := d.textsByPath()
	for _, r := range d.requests() {
		for _, path := range r.formulas {
			t := formulas[path.String()]
			if t == nil || t.formula == nil {
				continue
			}
			for _, ref := range refsOf(t.formula) {
				if !r.has(ref.Name) {
					p.add("formula_undefined", diag.SeverityWarning, t.in(ref), "Formula names an unknown query",
						fmt.Sprintf("No query of the request is named %s, so the widget shows an error. Name one of its queries so, or correct the formula.", ref.Name))
				}
			}
		}
	}
}
