package explain

import (
	"encoding/json"
	"strings"
	"testing"

	"ddmon/internal/ddquery"
	"ddmon/internal/ddtest"

	"github.com/google/go-cmp/cmp"
)

// recorded returns the monitors in a recording: in its request, its response and its prior state.
func recorded(r ddtest.Recording) []map[string]any {
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
		}
	}
	for _, raw := range []json.RawMessage{r.Request, r.Response, r.Prior} {
		var body any
		if json.Unmarshal(raw, &body) == nil {
			walk(body)
		}
	}
	return found
}

// TestCorpus explains every recorded monitor in complete sentences without changing its body.
func TestCorpus(t *testing.T) {
	explained, unreadable := map[string]int{}, 0
	for _, r := range ddtest.Corpus(t, "api/monitors", "api/history", "api/errors", "shipped/monitors") {
		for _, body := range recorded(r) {
			before, err := json.Marshal(body)
			if err != nil {
				t.Fatal(err)
			}
			sections := Monitor(body, nil)
			checkSentences(t, r.File, sections)
			after, err := json.Marshal(body)
			if err != nil || string(after) != string(before) {
				t.Errorf("%s: the body changed (%v): %s", r.File, err, cmp.Diff(string(before), string(after)))
			}
			kind, _ := body["type"].(string)
			explained[kind]++
			if _, err := ddquery.ParseMonitor(kind, body["query"].(string)); err != nil {
				unreadable++
			} else if kind != "synthetics alert" && !strings.Contains(show(sections), "When it alerts") {
				t.Errorf("%s: no section \"When it alerts\":\n%s", r.File, show(sections))
			}
		}
	}
	t.Logf("explained by type: %v; queries that cannot be parsed: %d", explained, unreadable)
	if explained["query alert"] == 0 || explained["log alert"] == 0 {
		t.Error("the corpus contains no monitors: check DDMON_CORPUS")
	}
}

// checkSentences fails for empty sections and for lines that are not complete sentences.
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
				t.Errorf("%s: %q is not a sentence", name, line)
			}
		}
	}
}
