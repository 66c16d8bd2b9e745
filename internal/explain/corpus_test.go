package explain

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ddmon/internal/ddquery"

	"github.com/google/go-cmp/cmp"
)

// recorded returns the monitors in a recorded or shipped file.
func recorded(data []byte) []map[string]any {
	var file any
	if json.Unmarshal(data, &file) != nil {
		return nil
	}
	var found []map[string]any
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, item := range v {
				walk(item)
			}
		case map[string]any:
			_, hasQuery := v["query"].(string)
			_, hasType := v["type"].(string)
			if hasQuery && hasType {
				found = append(found, v)
				return
			}
			for _, key := range []string{"request", "response", "prior", "definition"} {
				walk(v[key])
			}
		}
	}
	walk(file)
	return found
}

// TestCorpus explains every monitor of the recordings in whole sentences, and leaves the body as it was.
func TestCorpus(t *testing.T) {
	root := os.Getenv("DDMON_CORPUS")
	if root == "" {
		t.Skip("DDMON_CORPUS is not set: no recordings to read")
	}
	explained, unreadable := map[string]int{}, 0
	for _, folder := range []string{"api/monitors", "api/history", "api/errors", "shipped/monitors"} {
		files, err := filepath.Glob(filepath.Join(root, folder, "*.json"))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, body := range recorded(data) {
				before, err := json.Marshal(body)
				if err != nil {
					t.Fatal(err)
				}
				sections := Monitor(body, nil)
				checkSentences(t, folder+"/"+filepath.Base(file), sections)
				after, err := json.Marshal(body)
				if err != nil || string(after) != string(before) {
					t.Errorf("%s: the body changed (%v): %s", file, err, cmp.Diff(string(before), string(after)))
				}
				kind, _ := body["type"].(string)
				explained[kind]++
				if _, err := ddquery.ParseMonitor(kind, body["query"].(string)); err != nil {
					unreadable++
				} else if kind != "synthetics alert" && !strings.Contains(show(sections), "When it alerts") {
					t.Errorf("%s: nothing on when it alerts:\n%s", file, show(sections))
				}
			}
		}
	}
	t.Logf("explained by type: %v; with a query that cannot be read: %d", explained, unreadable)
	if explained["query alert"] == 0 || explained["log alert"] == 0 {
		t.Error("the corpus holds no monitors: is DDMON_CORPUS right?")
	}
}

// checkSentences fails for sections without content and for lines that are no whole sentence on one line.
func checkSentences(t *testing.T, name string, sections []Section) {
	t.Helper()
	if len(sections) == 0 {
		t.Errorf("%s: no explanation", name)
	}
	for _, s := range sections {
		if s.Title == "" || len(s.Lines) == 0 {
			t.Errorf("%s: an empty section %q", name, s.Title)
		}
		for _, line := range s.Lines {
			whole := strings.HasSuffix(line, ".") || strings.HasSuffix(line, ":")
			if !whole || strings.ContainsAny(line, "\n\r") {
				t.Errorf("%s: %q is no sentence", name, line)
			}
		}
	}
}
