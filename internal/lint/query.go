package lint

import (
	"errors"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// embeddedQuery is a query, formula or search in a widget or in a monitor's variables.
type embeddedQuery struct {
	o    *object.Object
	path object.Path
	// monitor is set for a query in a monitor's variables.
	monitor *stackMonitor
	// value is the query string with placeholders.
	value string
	// One of expr, formula and search is set, or err for a syntax error.
	expr    ddquery.Expr
	formula ddquery.Expr
	search  *ddquery.Search
	err     *ddquery.Error
	sources []*ddquery.Source
}

// in returns the location of a node of the query.
func (t *embeddedQuery) in(n ddquery.Node) location { return nodeLocation(t.o, t.path, n) }

// root returns the root of the parsed query, or nil for a syntax error.
func (t *embeddedQuery) root() ddquery.Node {
	switch {
	case t.expr != nil:
		return t.expr
	case t.formula != nil:
		return t.formula
	case t.search != nil:
		return t.search
	}
	return nil
}

// queryCollector collects the queries of an object, guided by the schema in package kind. It skips unknown fields.
type queryCollector struct {
	o       *object.Object
	monitor *stackMonitor
	queries []*embeddedQuery
}

func (c *queryCollector) value(of *kind.Type, v any, p object.Path) {
	switch v := v.(type) {
	case []any:
		if of == nil || of.Shape != kind.List {
			return
		}
		for i, e := range v {
			c.value(of.Elem, e, p.With(i))
		}
	case map[string]any:
		of = of.Resolve(v)
		if of == nil {
			return
		}
		for _, key := range object.SortedKeys(v) {
			f := of.Field(key, v)
			if f == nil {
				continue
			}
			if s, ok := v[key].(string); ok {
				c.query(of, f, v, s, p.With(key))
				continue
			}
			c.value(f.Type, v[key], p.With(key))
		}
	}
}

// query parses a string depending on its field. It skips strings that are not queries, and queries of unknown sources.
func (c *queryCollector) query(of *kind.Type, f *kind.Field, in map[string]any, s string, p object.Path) {
	out := &embeddedQuery{o: c.o, path: p, monitor: c.monitor, value: s}
	var err error
	source, _ := in["data_source"].(string)
	switch {
	case f.Name == "formula":
		out.formula, err = ddquery.ParseFormula(s)
	case !f.Query || len(p) < 2:
		return
	case f.Name == "q" && of.Name != "WidgetEvent", source == "metrics" || source == "cloud_cost":
		out.expr, err = ddquery.ParseMetric(s)
	case f.Name == "q" || f.Name == "query_string" || isSearch(of.Name):
		out.search, err = ddquery.ParseSearch(s)
	default:
		return
	}
	if err != nil {
		// The failed call stored a typed nil, which makes the interface non-nil.
		out.expr, out.formula, out.search = nil, nil, nil
		if !errors.As(err, &out.err) {
			return
		}
	}
	if out.expr != nil {
		out.sources = sourcesOf(out.expr)
	}
	c.queries = append(c.queries, out)
}

// isSearch reports whether the field "query" of this type is a log search.
func isSearch(name string) bool {
	switch name {
	case "LogStreamWidgetDefinition", "EventStreamWidgetDefinition", "EventTimelineWidgetDefinition":
		return true
	}
	return strings.HasSuffix(name, "Search")
}
