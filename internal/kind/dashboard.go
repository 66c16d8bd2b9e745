package kind

import (
	_ "embed" // the table
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strconv"

	"ddmon/internal/object"
)

//go:generate go run ./gen -api v1 -schema Dashboard -out dashboard_gen.txt

//go:embed dashboard_gen.txt
var dashboardTable string

// dashboardID matches the ids of dashboards, "abc-def-ghi", which have no special characters in a URL.
var dashboardID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// newDashboard returns the kind of dashboards.
func newDashboard() *Kind {
	facts := dashboardOverlay()
	t := load(dashboardTable, facts)
	body := t["Dashboard"]
	return &Kind{
		Name:      "dashboard",
		Version:   version(dashboardTable, facts),
		Plural:    "dashboards",
		Terraform: []string{"datadog_dashboard", "datadog_dashboard_json", "datadog_timeboard", "datadog_screenboard"},
		Remote: Remote{
			Path: "/api/v1/dashboard",
			ID:   ID{Pattern: dashboardID},
			List: Listing{
				Key: "dashboards", Summaries: true,
				Paging: Paging{From: "start", Size: "count", Most: 1000},
			},
			ReadPermission: "dashboards_read", WritePermission: "dashboards_write",
		},
		Page: "/dashboard/{id}",
		History: History{
			Created: "created_at", Modified: "modified_at",
			Creators: []object.Path{{"author_handle"}, {"author_name"}},
		},
		Title:      "title",
		Body:       body,
		Marker:     lineMarker{"description"},
		Implied:    func(map[string]any) []Implied { return nil },
		References: func(b map[string]any) []Reference { return references(body, b, nil) },
		Normalize:  withTabPositions,
		Check:      checkDashboard,
		widgets:    widgetsByType(t["WidgetDefinition"]),
	}
}

// withTabPositions replaces the widget ids in tabs by positions, "@1" for the first widget, which Datadog accepts too
// (FINDINGS dashboards 2). Datadog assigns the ids of widgets, so bodies can be compared only by positions.
func withTabPositions(body map[string]any) map[string]any {
	tabs, _ := body["tabs"].([]any)
	if len(tabs) == 0 {
		return body
	}
	positions := map[string]string{}
	widgets, _ := body["widgets"].([]any)
	for i, w := range widgets {
		if o, ok := w.(map[string]any); ok {
			if id := idOf(o["id"]); id != "" {
				positions[id] = "@" + strconv.Itoa(i+1)
			}
		}
	}
	rewritten := make([]any, len(tabs))
	for i, tab := range tabs {
		rewritten[i] = tab
		o, _ := tab.(map[string]any)
		ids, ok := o["widget_ids"].([]any)
		if !ok {
			continue
		}
		list := slices.Clone(ids)
		for j, id := range ids {
			if position, ok := positions[idOf(id)]; ok {
				list[j] = position
			}
		}
		rewritten[i] = with(o, "widget_ids", list)
	}
	return with(body, "tabs", rewritten)
}

// widgetsByType returns the definitions in the union by widget type. Two types have two definitions each, which differ
// only in their requests; these become one union.
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

// Widget returns the definition of a widget type, or nil if the kind has no such type. It is a Union for types with two
// definitions (funnel, topology_map).
func (k *Kind) Widget(widgetType string) *Type { return k.widgets[widgetType] }

// WidgetTypes returns the sorted widget types; none for a kind without widgets.
func (k *Kind) WidgetTypes() []string { return slices.Sorted(maps.Keys(k.widgets)) }

// references returns the values of fields that contain ids of other objects, ordered by path.
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
			if f.Ref != "" {
				refs = append(refs, idsIn(f.Ref, v[key], p.With(key))...)
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

// idsIn returns the ids in a field that contains an id or a list of ids.
func idsIn(kind string, v any, p object.Path) []Reference {
	if list, ok := v.([]any); ok {
		var refs []Reference
		for i, e := range list {
			refs = append(refs, idsIn(kind, e, p.With(i))...)
		}
		return refs
	}
	if id := idOf(v); id != "" {
		return []Reference{{Path: p, Kind: kind, ID: id}}
	}
	return nil
}

// idOf returns an id that is a string or a number.
func idOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return string(v)
	}
	return ""
}
