package replay

import (
	"encoding/json"

	"ddmon/internal/evaluate"
	"ddmon/internal/series"
)

// exampleLog returns a typical log of an application.
func exampleLog() evaluate.Document {
	return evaluate.Document{Log: &series.Log{
		At: 1_700_000_000_000, Service: "web-store", Status: "error", Source: "java", Host: "node-1",
		Message: "Out of memory: killed process 42 (java) [oom-killer]",
		Tags:    []string{"env:prod", "kube_namespace:sock-shop", "Team:Orders"},
		Attributes: map[string]any{
			"http": map[string]any{"status_code": json.Number("503"), "url": "/api/Orders?x=1", "method": "GET"},
			"evt":  map[string]any{"name": "queue-master"}, "a.b": "dotted", "ok": true, "nothing": nil,
			"list": []any{"one", "two"}, "network": map[string]any{"ip": "10.1.2.3"}, "version": "1.10.0",
			"error": map[string]any{"stack": "at Shop.main"},
		},
	}}
}

// TestSearch follows logs/explorer/search_syntax.md and, for anything it does not cover, Vector's implementation.
