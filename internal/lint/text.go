package lint

import (
	"errors"
	"strings"

	"ddmon/internal/ddquery"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// text is a query, formula or search in a widget or in a monitor's variables.
type text struct {
	o    *object.Object
	path object.Path
	// monitor is set for a query of a monitor's variables.
	monitor *stackMonitor
	// value is the text with placeholders.
	value string
	// One of expr, formula and search is set, or err if the text does not parse.
	expr    ddquery.Expr
	formula ddquery.Expr
	search  *ddquery.Search
	err     *ddquery.Error
	sources []*ddquery.Source
}

// in is the place of a node of the text.
func (t *text) in(n ddquery.Node) spot { return part(t.o, t.path, n) }

// root returns the parsed text, nil if it does not parse.
func (t *text) root() ddquery.Node {
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

// texter collects texts along the types that kind knows. What these do not know is passed over.
type texter struct {
	o       *object.Object
	monitor *stackMonitor
	texts   []*text
}

func (t *texter) value(of *kind.Type, v any, p object.Path) {
	switch v := v.(type) {
	case []any:
		if of == nil || of.Shape != kind.List {
			return
		}
		for i, e := range v {
			t.value(of.Elem, e, p.With(i))
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
				t.text(of, f, v, s, p.With(key))
				continue
			}
			t.value(f.Type, v[key], p.With(key))
		}
	}
}

// text parses a string by what the field is; a string that is no query, or of an unknown source, is passed over.
func (t *texter) text(of *kind.Type, f *kind.Field, in map[string]any, s string, p object.Path) {
	out := &text{o: t.o, path: p, monitor: t.monitor, value: s}
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
		// A typed nil in an interface is not nil: what failed is dropped.
		out.expr, out.formula, out.search = nil, nil, nil
		if !errors.As(err, &out.err) {
			return
		}
	}
	if out.expr != nil {
		out.sources = sourcesOf(out.expr)
	}
	t.texts = append(t.texts, out)
}

// isSearch reports whether the field query of objects of a type is a log search.
func isSearch(name string) bool {
	switch name {
	case "LogStreamWidgetDefinition", "EventStreamWidgetDefinition", "EventTimelineWidgetDefinition":
		return true
	}
	return strings.HasSuffix(name, "Search")
}
