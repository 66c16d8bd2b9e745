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
		k.logSource(q.Source)
	}
}

// logSource checks the data source of a log-style query. Datadog looks for the operator only after a source that it
// knows.
func (k *checker) logSource(source *ddquery.Ident) {
	switch sources := ddquery.Sources(k.m.Type); {
	case slices.Contains(sources, source.Name):
	case ddquery.IsLogSource(source.Name):
		k.at(source, "type_source", SeverityWarning, "type \""+k.m.Type+"\" queries "+sources[0]+", not "+source.Name,
			"change the type, or write "+sources[0])
	default:
		k.at(source, "unknown_source", SeverityError, "\""+source.Name+"\" is not a data source", "write "+sources[0]).ServerError = serverOperator
	}
}
