package monitorcheck

import (
	"slices"

	"ddmon/internal/ddquery"
)

// form checks that the type, form and source of the query match.
func (k *checker) form() {
	forms := ddquery.Forms(k.m.Type)
	if forms == nil {
		return
	}
	if form := k.q.Form(); !slices.Contains(forms, form) {
		k.at(k.q.Root, "type_form", SeverityError, "type \""+k.m.Type+"\" does not support "+form+" queries", ddquery.StartHint(k.m.Type)).ServerError = serverQuery
		return
	}
	if q, ok := k.q.Root.(*ddquery.LogQuery); ok {
		if sources := ddquery.Sources(k.m.Type); !slices.Contains(sources, q.Source.Name) {
			k.at(q.Source, "type_source", SeverityWarning, "type \""+k.m.Type+"\" queries "+sources[0]+", not "+q.Source.Name,
				"change the type, or write "+sources[0])
		}
	}
}
