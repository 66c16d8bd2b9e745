package sandbox

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
)

// normalizeDashboard returns the dashboard that a create or an update stores: what was sent, widgets and all, with
// ids where there were none. old is nil for a create; an update keeps of it only what the body cannot say.
func normalizeDashboard(t tx, id string, old, sent object) (object, error) {
	d := object{"description": nil, "template_variables": nil, "notify_list": nil}
	if list, present := old["notify_list"]; present {
		d["notify_list"] = list
	}
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

// numberWidgets gives an id to each widget that was sent without, also inside groups.
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

// resolveTabs replaces "@1", the place of a widget from 1, by the id that the widget got.
func resolveTabs(d object) {
	widgets := objects(d["widgets"])
	for _, tab := range objects(d["tabs"]) {
		ids, _ := tab["widget_ids"].([]any)
		for i, v := range ids {
			reference, _ := v.(string)
			place, err := strconv.Atoi(strings.TrimPrefix(reference, "@"))
			if strings.HasPrefix(reference, "@") && err == nil && place >= 1 && place <= len(widgets) {
				ids[i] = widgets[place-1]["id"]
			}
		}
	}
}

// deletedKey marks a stored dashboard that was deleted and can be restored; the API shows it in lists only.
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
