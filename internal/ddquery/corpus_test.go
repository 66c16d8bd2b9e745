package ddquery

import (
	"encoding/json"
	"slices"
	"testing"

	"ddmon/internal/ddtest"
)

func TestCorpusMonitors(t *testing.T) {
	counts := map[string]int{}
	for _, r := range ddtest.Corpus(t, "api/monitors", "api/history", "shipped/monitors") {
		if r.Status != 200 {
			continue
		}
		bodies := append(ddtest.Objects(r.Response), ddtest.Objects(r.Prior)...)
		if r.Op == "create" || r.Op == "validate" || r.Op == "validate-existing" {
			bodies = append(bodies, ddtest.Objects(r.Request)...)
		}
		for _, body := range bodies {
			query, _ := body["query"].(string)
			monitorType, _ := body["type"].(string)
			if query == "" || monitorType == "" {
				continue
			}
			counts[monitorType]++
			if err := checkRoundTrip(t, query, parseMonitorNode(monitorType)); err != nil {
				t.Errorf("%s: %s %q: %v", r.File, monitorType, query, err)
			}
		}
	}
	t.Logf("monitors by type: %v", counts)
	if counts["query alert"] == 0 || counts["log alert"] == 0 {
		t.Error("the corpus has no monitors: is DDMON_CORPUS set correctly?")
	}
}

// widgetQuery is a string in a dashboard that one of the parsers accepts.
type widgetQuery struct{ kind, text string }

// searchKeys are the fields of log searches outside a search object.
var searchKeys = []string{"query_string", "legacy_event_query"}

// widgetQueries returns the queries of a dashboard.
func widgetQueries(v any, parent string) []widgetQuery {
	var found []widgetQuery
	switch v := v.(type) {
	case []any:
		for _, x := range v {
			found = append(found, widgetQueries(x, parent)...)
		}
	case map[string]any:
		source, _ := v["data_source"].(string)
		widgetType, _ := v["type"].(string)
		for key, x := range v {
			text, ok := x.(string)
			switch {
			case !ok:
				found = append(found, widgetQueries(x, key)...)
			case key == "formula":
				found = append(found, widgetQuery{"formula", text})
			case key == "q" && parent != "events", key == "query" && (source == "metrics" || source == "cloud_cost"):
				found = append(found, widgetQuery{"metric", text})
			case key == "q", key == "query" && parent == "search", slices.Contains(searchKeys, key),
				key == "query" && slices.Contains([]string{"event_stream", "event_timeline", "log_stream"}, widgetType):
				found = append(found, widgetQuery{"search", text})
			}
		}
	}
	return found
}

func TestCorpusDashboards(t *testing.T) {
	counts := map[string]int{}
	distinct := map[widgetQuery]bool{}
	parse := map[string]func(string) (Node, error){"formula": parseFormulaNode, "metric": parseMetricNode, "search": parseSearchNode}
	for _, r := range ddtest.Corpus(t, "api/dashboards", "api/history", "shipped/dashboards") {
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
		for _, w := range widgetQueries(body, "") {
			counts[w.kind]++
			if distinct[w] {
				continue
			}
			distinct[w] = true
			counts["distinct "+w.kind]++
			if err := checkRoundTrip(t, w.text, parse[w.kind]); err != nil {
				t.Errorf("%s: %s %q: %v", r.File, w.kind, w.text, err)
			}
		}
	}
	t.Logf("queries in dashboards: %v", counts)
	if counts["metric"] == 0 || counts["search"] == 0 {
		t.Error("the corpus has no dashboards: is DDMON_CORPUS set correctly?")
	}
}
