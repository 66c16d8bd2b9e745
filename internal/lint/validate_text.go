package lint

import (
	"fmt"

	"ddmon/internal/diag"
	"ddmon/internal/object"
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

// request is a widget's request with queries and formulas.
type request struct {
	path object.Path
	// names are the queries' names in order; formulas the paths of the formulas' texts.
	names    []string
	formulas []object.Path
}

func (r *request) has(name string) bool {
	for _, n := range r.names {
		if n == name {
			return true
		}
	}
	return false
}

// requests returns the requests that have both queries and formulas.
func (d *dashboard) requests() []*request {
	var found []*request
	for _, w := range d.widgets {
		list, ok := w.definition["requests"].([]any)
		if !ok {
			continue
		}
		for i, in := range objects(list) {
			r := &request{path: w.path.With("definition").With("requests").With(i)}
			for _, q := range objects(in["queries"]) {
				name, _ := q["name"].(string)
				r.names = append(r.names, name)
			}
			for j, f := range objects(in["formulas"]) {
				if _, ok := f["formula"].(string); ok {
					r.formulas = append(r.formulas, r.path.With("formulas").With(j).With("formula"))
				}
			}
			if len(r.names) > 0 && len(r.formulas) > 0 {
				found = append(found, r)
			}
		}
	}
	return found
}
