package lint

import (
	"slices"

	"ddmon/internal/object"
)

// request is a widget's request with queries and formulas.
type request struct {
	path object.Path
	// names are the names of the queries, in order. formulas are the paths of the formulas.
	names    []string
	formulas []object.Path
}

func (r *request) has(name string) bool { return slices.Contains(r.names, name) }

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
