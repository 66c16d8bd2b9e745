package ddapi_test

import (
	"slices"
	"testing"

	"ddmon/internal/ddtest"
	"ddmon/internal/object"
)

// recordedObject is an object in a recorded response, or an object that Datadog ships with an added id.
type recordedObject struct {
	file, kind string
	body       map[string]any
}

// recordedObjects returns the monitors and dashboards in all recorded responses.
func recordedObjects(t *testing.T) []recordedObject {
	t.Helper()
	var all []recordedObject
	for folder, name := range map[string]string{
		"api/monitors": "monitor", "api/dashboards": "dashboard", "api/history": "", "api/history-2": "", "shipped/monitors": "monitor", "shipped/dashboards": "dashboard",
	} {
		for _, r := range ddtest.Corpus(t, folder) {
			if !slices.Contains([]string{"", "create", "update", "get", "list", "list-item"}, r.Op) {
				continue
			}
			v, err := object.Decode(r.Response)
			if err != nil {
				t.Fatalf("%s: %v", r.File, err)
			}
			all = append(all, objectsIn(r.File, name, v, r.Op == "")...)
		}
	}
	return all
}

// objectsIn returns the monitors and dashboards in a response.
func objectsIn(path, name string, v any, shipped bool) []recordedObject {
	switch v := v.(type) {
	case []any:
		var all []recordedObject
		for _, e := range v {
			all = append(all, objectsIn(path, name, e, shipped)...)
		}
		return all
	case map[string]any:
		if list, ok := v["dashboards"].([]any); ok {
			return objectsIn(path, "dashboard", list, shipped)
		}
		_, isDashboard := v["layout_type"]
		_, isMonitor := v["query"]
		switch {
		case isDashboard && name != "monitor":
			name = "dashboard"
		case isMonitor && name != "dashboard":
			name = "monitor"
		default:
			return nil
		}
		if shipped {
			v["id"] = map[string]any{"monitor": 7, "dashboard": "abc-def-ghi"}[name]
		}
		if v["id"] == nil {
			return nil
		}
		return []recordedObject{{path, name, v}}
	}
	return nil
}
