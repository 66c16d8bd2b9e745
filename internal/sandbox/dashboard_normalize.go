package sandbox

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// normalizeDashboard returns the dashboard that a create or an update stores: the request body, with ids for widgets
// that have none. old is nil for a create. An update keeps only the fields of old that a request cannot set.
func normalizeDashboard(t tx, id string, old, sent object) (object, error) {
	// An update that leaves out notify_list sets it to null: so do all recorded updates of a dashboard that had a list
	// or [] (api/history, TestUpdateWithoutNotifyList). In the others it was null before.
	d := object{"description": nil, "template_variables": nil, "notify_list": nil}
	for _, key := range []string{"title", "description", "layout_type", "reflow_type", "widgets", "notify_list", "tags",
		"template_variables", "template_variable_presets", "restricted_roles", "tabs", "default_timeframe"} {
		if v, present := sent[key]; present {
			d[key] = v
		}
	}
	if list, isList := d["notify_list"].([]any); isList {
		d["notify_list"] = sortedStrings(list)
	}
	if err := numberWidgets(t, d["widgets"]); err != nil {
		return nil, err
	}
	resolveTabs(d)
	d["id"] = id
	d["url"] = "/dashboard/" + id + "/" + slug(stringField(d, "title"))
	for _, key := range []string{"author_handle", "author_name", "created_at"} {
		d[key] = old[key]
	}
	return d, nil
}

func sortedStrings(list []any) []any {
	out := slices.Clone(list)
	slices.SortFunc(out, func(a, b any) int {
		x, _ := a.(string)
		y, _ := b.(string)
		return strings.Compare(x, y)
	})
	return out
}

// numberWidgets assigns an id to each widget without one, including widgets in groups.
func numberWidgets(t tx, widgets any) error {
	for _, widget := range objects(widgets) {
		if widget["id"] == nil {
			counter, err := t.next(widgetBucket)
			if err != nil {
				return err
			}
			widget["id"] = json.Number(strconv.FormatInt(widgetID(counter), 10))
		}
		definition, _ := widget["definition"].(object)
		if err := numberWidgets(t, definition["widgets"]); err != nil {
			return err
		}
	}
	return nil
}

// resolveTabs replaces "@1", the 1-based position of a widget, by the id of the widget.
func resolveTabs(d object) {
	widgets := objects(d["widgets"])
	for _, tab := range objects(d["tabs"]) {
		ids, _ := tab["widget_ids"].([]any)
		for i, v := range ids {
			reference, _ := v.(string)
			position, err := strconv.Atoi(strings.TrimPrefix(reference, "@"))
			if strings.HasPrefix(reference, "@") && err == nil && position >= 1 && position <= len(widgets) {
				ids[i] = widgets[position-1]["id"]
			}
		}
	}
}

// deletedKey marks a stored dashboard that was deleted and can be restored. The API shows it in lists only.
const deletedKey = "deleted_at"

func newDashboardEntry(stored []byte) (*dashboardEntry, error) {
	d, err := decodeObject(stored)
	if err != nil {
		return nil, err
	}
	summary := object{"is_read_only": false}
	for _, key := range []string{"id", "title", "description", "layout_type", "url", "created_at", "modified_at",
		"author_handle", deletedKey} {
		summary[key] = d[key]
	}
	return &dashboardEntry{
		body:    encode(without(d, deletedKey)),
		summary: encode(summary),
		deleted: d[deletedKey] != nil,
	}, nil
}
