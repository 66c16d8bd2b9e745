package monitorcheck

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/monitor"
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

// monitorOf makes the view of a recorded monitor.
func monitorOf(t *testing.T, body map[string]any) *monitor.Monitor {
	t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	m, err := monitor.FromJSON(data)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestCorpusMonitors(t *testing.T) {
	counts := map[string]int{}
	warnings := map[string]int{}
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
			for _, p := range Check(monitorOf(t, body)) {
				if p.Severity == SeverityError {
					t.Errorf("%s: %s %q: %s (%s %d-%d)", r.file, monitorType, query, p.Message, p.Field, p.Offset, p.End)
					counts["with errors"]++
				} else {
					warnings[p.Code]++
				}
			}
		}
	}
	t.Logf("monitors by type: %v", counts)
	t.Logf("warnings: %v", warnings)
	if counts["query alert"] == 0 || counts["log alert"] == 0 {
		t.Error("the corpus holds no monitors: is DDMON_CORPUS right?")
	}
}

// causedByQuery are the texts of recorded refusals that a monitor's query, thresholds or options caused. Not among
// them: what depends on the account (duplicates, limits, ids, rights, facets that exist) or on the request alone (a
// missing type or id, a change of type).
func causedByQuery(text string) bool {
	return strings.HasPrefix(text, serverQuery) && !strings.Contains(text, "monitor_ids")
}

func TestCorpusRefusals(t *testing.T) {
	refused, passed := 0, map[string]int{}
	for _, r := range recordings(t, "api/errors", "api/history") {
		var answer struct{ Errors []string }
		if r.Status != 400 || json.Unmarshal(r.Response, &answer) != nil || !strings.HasPrefix(r.Op, "validate") && r.Op != "create" {
			continue
		}
		for _, body := range objects(r.Request) {
			if _, ok := body["query"].(string); !ok {
				continue
			}
			problems := Check(monitorOf(t, body))
			says := func(p Problem) bool {
				return p.Severity == SeverityError && p.Server == answer.Errors[0] && p.Field == "query" && p.End > p.Offset
			}
			switch {
			case causedByQuery(answer.Errors[0]):
				refused++
				if !slices.ContainsFunc(problems, says) {
					t.Errorf("%s: %q refused with %q, here %+v", r.file, body["query"], answer.Errors[0], problems)
				}
			default:
				text, _, _ := strings.Cut(answer.Errors[0], " monitor_id")
				passed[text]++
			}
		}
	}
	t.Logf("refused as recorded: %d; refused for what a query does not show: %v", refused, passed)
	if refused == 0 {
		t.Error("the corpus holds no refusals: is DDMON_CORPUS right?")
	}
}
