package evaluate

import (
	"slices"
	"strconv"
	"strings"

	"ddmon/internal/ddquery"
)

// Facet returns the values of a facet: an attribute (@http.url), a reserved attribute (service) or the key of a tag.
func (d Document) Facet(name string) []string { return valuesOf(d, facet(name)) }

// facet parses a facet or measure: @http.url, service, or the key of a tag.
func facet(key string) *ddquery.Field {
	f := &ddquery.Field{Raw: key, Name: key}
	switch {
	case strings.HasPrefix(key, "@"):
		f.Kind, f.Name = ddquery.FieldAttribute, key[1:]
	case slices.Contains([]string{"host", "source", "status", "service", "trace_id", "message"}, key):
		f.Kind = ddquery.FieldReserved
	}
	return f
}

// valuesOf returns the values of a field.
func valuesOf(d Document, of *ddquery.Field) []string {
	switch {
	case of == nil:
		return d.texts()
	case of.Kind == ddquery.FieldAll:
		return d.everyText()
	case of.Kind == ddquery.FieldAttribute:
		return d.Values(of.Name)
	case of.Name == "tags":
		return d.tags()
	case of.Kind == ddquery.FieldReserved && of.Name == "timestamp":
		return []string{strconv.FormatInt(d.At(), 10)}
	case of.Kind == ddquery.FieldReserved:
		return d.Reserved(of.Name)
	}
	return d.TagValues(of.Name)
}
