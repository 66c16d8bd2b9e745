package kind

import (
	"fmt"

	"ddmon/internal/object"
)

// terraformNames says what to write instead of a name that only Datadog's Terraform provider has.
var terraformNames = map[string]string{
	"monitor_thresholds":        "Write: options { thresholds { ... } }",
	"monitor_threshold_windows": "Write: options { threshold_windows { ... } }",
	"event_query":               "Write its fields directly in variables { ... }",
	"cost_query":                "Write its fields directly in variables { ... }",
	"data_quality_query":        "Write its fields directly in variables { ... }",
	"metric_query":              "Write its fields directly in queries { ... }, with data_source = \"metrics\".",
	"formula_expression":        "Write: formula = ...",
	"search_query":              "Write: search { query = ... }",
	"compute_query":             "Write: compute { ... }",
	"live_span":                 "Write: time { live_span = ... }",
	"widget_layout":             "Write: layout { ... }",
	"one_time_schedule":         "Write its fields directly in schedule { ... }",
	"recurring_schedule":        "Write its fields directly in schedule { ... }",
	"dashboard_lists":           "ddmon does not manage dashboard lists. Remove it.",
	"force_delete":              "ddmon has no such setting. Remove it.",
	"validate":                  "Remove it. `ddmon validate` and every plan check the object.",
}

// elsewhere says where a field belongs that is not in the object at the current path, if the tables have it in another
// place, or "".
func (c *checker) elsewhere(key string) string {
	if advice := terraformNames[key]; advice != "" {
		return fmt.Sprintf("%q is a name of Datadog's Terraform provider. %s", key, advice)
	}
	for _, s := range c.path {
		if s.index != notIndex {
			return "" // in a list, the same name can mean something else
		}
	}
	place, f := placeOf(c.root, key)
	switch {
	case f == nil:
		return ""
	case len(place) == 0:
		return fmt.Sprintf("%q is a field of the object itself. Write it at the top level of the block.", key)
	}
	return fmt.Sprintf("%q is a field of %s. Write: %s", key, place, nested(place, f))
}

// placeOf returns the path of the object that has a field, outside of lists, and the field; the least nested one.
func placeOf(root *Type, name string) (object.Path, *Field) {
	type place struct {
		path object.Path
		t    *Type
	}
	seen := map[*Type]bool{}
	for left := []place{{nil, root}}; len(left) > 0; left = left[1:] {
		at := left[0]
		if at.t == nil || at.t.Shape != Object || seen[at.t] {
			continue
		}
		seen[at.t] = true
		if f := at.t.Fields[name]; f != nil && !f.ReadOnly {
			return at.path, f
		}
		for _, key := range object.SortedKeys(at.t.Fields) {
			left = append(left, place{at.path.With(key), at.t.Fields[key].Type})
		}
	}
	return nil, nil
}

// nested writes a field in the blocks around it: options { notify_no_data = ... }.
func nested(p object.Path, f *Field) string {
	text := f.Name + " = ..."
	if f.Type.Shape == Object {
		text = f.Name + " { ... }"
	}
	for i := len(p) - 1; i >= 0; i-- {
		text = fmt.Sprintf("%s { %s }", p[i], text)
	}
	return text
}
