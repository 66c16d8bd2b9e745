package ddquery

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// corpus returns the folder of recordings that DDMON_CORPUS names, or skips.
func corpus(t *testing.T) string {
	t.Helper()
	root := os.Getenv("DDMON_CORPUS")
	if root == "" {
		t.Skip("DDMON_CORPUS is not set: no recordings to read")
	}
	return root
}

type recording struct {
	file              string
	Op                string
	Status            int
	Request, Response json.RawMessage
	Prior             json.RawMessage
}

// recordings reads the recorded pairs under a folder of the corpus, shipped files as responses of status 200.
func recordings(t *testing.T, folders ...string) []recording {
	t.Helper()
	root := corpus(t)
	var all []recording
	for _, folder := range folders {
		files, err := filepath.Glob(filepath.Join(root, folder, "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			r := recording{Status: 200, Response: data}
			if strings.HasPrefix(folder, "api/") {
				r = recording{}
				if err := json.Unmarshal(data, &r); err != nil {
					t.Fatalf("%s: %v", file, err)
				}
			}
			r.file = folder + "/" + filepath.Base(file)
			all = append(all, r)
		}
	}
	return all
}

// objects returns the JSON objects in a recorded body: itself, its items, or a shipped file's definition.
func objects(body json.RawMessage) []map[string]any {
	var one map[string]any
	if json.Unmarshal(body, &one) == nil {
		if inner, ok := one["definition"].(map[string]any); ok {
			one = inner
		}
		return []map[string]any{one}
	}
	var many []map[string]any
	_ = json.Unmarshal(body, &many)
	return many
}

func TestCorpusMonitors(t *testing.T) {
	counts := map[string]int{}
	for _, r := range recordings(t, "api/monitors", "api/history", "shipped/monitors") {
		if r.Status != 200 {
			continue
		}
		bodies := append(objects(r.Response), objects(r.Prior)...)
		if r.Op == "create" || r.Op == "validate" || r.Op == "validate-existing" {
			bodies = append(bodies, objects(r.Request)...)
		}
		for _, body := range bodies {
			query, _ := body["query"].(string)
			monitorType, _ := body["type"].(string)
			if query == "" || monitorType == "" {
				continue
			}
			counts[monitorType]++
			if err := checkRoundTrip(t, query, parseMonitorNode(monitorType)); err != nil {
				t.Errorf("%s: %s %q: %v", r.file, monitorType, query, err)
			}
		}
	}
	t.Logf("monitors by type: %v", counts)
	if counts["query alert"] == 0 || counts["log alert"] == 0 {
		t.Error("the corpus holds no monitors: is DDMON_CORPUS right?")
	}
}

// widgetText is a text in a dashboard that one of the parsers reads.
type widgetText struct{ kind, text string }

// searchKeys name a widget's log searches where they are not in a search object.
var searchKeys = []string{"query_string", "legacy_event_query"}

// widgetTexts collects the queries of a dashboard.
func widgetTexts(v any, parent string) []widgetText {
	var found []widgetText
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			found = append(found, widgetTexts(x, parent)...)
		}
	case map[string]any:
		source, _ := v["data_source"].(string)
		widgetType, _ := v["type"].(string)
		for key, x := range v {
			text, ok := x.(string)
			switch {
			case !ok:
				found = append(found, widgetTexts(x, key)...)
			case key == "formula":
				found = append(found, widgetText{"formula", text})
			case key == "q" && parent != "events", key == "query" && (source == "metrics" || source == "cloud_cost"):
				found = append(found, widgetText{"metric", text})
			case key == "q", key == "query" && parent == "search", slices.Contains(searchKeys, key),
				key == "query" && slices.Contains([]string{"event_stream", "event_timeline", "log_stream"}, widgetType):
				found = append(found, widgetText{"search", text})
			}
		}
	}
	return found
}

func TestCorpusDashboards(t *testing.T) {
	counts := map[string]int{}
	distinct := map[widgetText]bool{}
	parse := map[string]func(string) (Node, error){"formula": parseFormulaNode, "metric": parseMetricNode, "search": parseSearchNode}
	for _, r := range recordings(t, "api/dashboards", "api/history", "shipped/dashboards") {
		if r.Status != 200 {
			continue
		}
		var body any
		if err := json.Unmarshal(r.Response, &body); err != nil {
			continue
		}
		if object, ok := body.(map[string]any); !ok || object["widgets"] == nil {
			continue
		}
		for _, w := range widgetTexts(body, "") {
			counts[w.kind]++
			if distinct[w] {
				continue
			}
			distinct[w] = true
			counts["distinct "+w.kind]++
			if err := checkRoundTrip(t, w.text, parse[w.kind]); err != nil {
				t.Errorf("%s: %s %q: %v", r.file, w.kind, w.text, err)
			}
		}
	}
	t.Logf("texts in dashboards: %v", counts)
	if counts["metric"] == 0 || counts["search"] == 0 {
		t.Error("the corpus holds no dashboards: is DDMON_CORPUS right?")
	}
}
