package ddapi_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ddmon/internal/object"
)

// recordedObject is an object in a recorded answer, or one that Datadog ships with an id put in.
type recordedObject struct {
	file, kind string
	body       map[string]any
}

// recordedObjects finds the objects in all recordings of answers to a request about monitors or dashboards.
func recordedObjects(t *testing.T) []recordedObject {
	t.Helper()
	root := os.Getenv("DDMON_CORPUS")
	if root == "" {
		t.Skip("DDMON_CORPUS is not set: the recordings are not part of the repository")
	}
	var all []recordedObject
	for dir, name := range map[string]string{
		"api/monitors": "monitor", "api/dashboards": "dashboard", "api/history": "", "api/history-2": "", "shipped/monitors": "monitor", "shipped/dashboards": "dashboard",
	} {
		err := filepath.WalkDir(filepath.Join(root, dir), func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || filepath.Ext(path) != ".json" {
				return err
			}
			raw, err := os.ReadFile(path)
			if err != nil {
				return err
			}
			v, err := object.Decode(raw)
			if err != nil {
				return err
			}
			file, _ := v.(map[string]any)
			found := file["response"]
			if filepath.Dir(dir) == "shipped" {
				found = file
				if definition, ok := file["definition"].(map[string]any); ok {
					found = definition
				}
			} else if op, _ := file["op"].(string); !slices.Contains([]string{"create", "update", "get", "list", "list-item"}, op) {
				return nil
			}
			all = append(all, objectsIn(path, name, found, filepath.Dir(dir) == "shipped")...)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

// objectsIn returns the monitors and dashboards in an answer: it is one, or a list of them.
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
