package kind

import (
	"encoding/json"
	"maps"
	"slices"

	"ddmon/internal/object"
)

// newDashboard makes the kind of dashboards.
func newDashboard() *Kind {
	t := load(dashboardTable, dashboardOverlay())
	body := t["Dashboard"]
	return &Kind{
		Name:       "dashboard",
		Endpoint:   "/api/v1/dashboard",
		Title:      "title",
		Body:       body,
		Summaries:  true,
		Marker:     lineMarker{},
		Implied:    func(map[string]any) []Implied { return nil },
		References: func(b map[string]any) []Reference { return references(body, b, nil) },
		widgets:    widgetsByType(t["WidgetDefinition"]),
	}
}

// widgetsByType reads off the union of definitions which type of widget is which. Two types have two definitions
// that only their requests tell apart; they become one union.
func widgetsByType(definition *Type) map[string]*Type {
	widgets := map[string]*Type{}
	for _, variant := range definition.Variants {
		name := variant.Fields["type"].Type.Enum[0]
		if other, ok := widgets[name]; ok {
			both := &Type{Shape: Union, Variants: append(flatten([]*Type{other}), variant)}
			both.finish()
			variant = both
		}
		widgets[name] = variant
	}
	return widgets
}

// Widget returns the definition of a type of widget; nil if there is none of that type or the kind has no widgets.
// It is a Union where a type has two definitions (funnel, topology_map).
func (k *Kind) Widget(widgetType string) *Type { return k.widgets[widgetType] }

// WidgetTypes returns the types of widgets in order; none for a kind that has no widgets.
func (k *Kind) WidgetTypes() []string { return slices.Sorted(maps.Keys(k.widgets)) }

// references collects the values of fields that hold ids of other objects, ordered by path.
func references(t *Type, v any, p object.Path) []Reference {
	t = t.Resolve(v)
	if t == nil {
		return nil
	}
	var refs []Reference
	switch v := v.(type) {
	case map[string]any:
		for _, key := range object.SortedKeys(v) {
			f := t.Field(key, v)
			if f == nil {
				continue
			}
			if id := idOf(v[key]); f.Ref != "" && id != "" {
				refs = append(refs, Reference{Path: p.With(key), Kind: f.Ref, ID: id})
				continue
			}
			refs = append(refs, references(f.Type, v[key], p.With(key))...)
		}
	case []any:
		if t.Shape != List {
			return nil
		}
		for i, e := range v {
			refs = append(refs, references(t.Elem, e, p.With(i))...)
		}
	}
	return refs
}

// idOf returns an id, which is written as a string or a number.
func idOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return string(v)
	}
	return ""
}
