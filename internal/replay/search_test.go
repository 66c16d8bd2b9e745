package replay

import (
	"encoding/json"
	"testing"

	"ddmon/internal/ddquery"
	"ddmon/internal/series"
)

func aLog() document {
	return document{log: &series.Log{
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

func FuzzSearch(f *testing.F) {
	for _, seed := range []string{"a b", `"x y"`, "@a.b:>1", "@a:[1 TO *]", "-(a OR b:c*)", "CIDR(@a,10.0.0.0/8)", "*:x?", `\*\?`, "é* OR @x:\xff"} {
		f.Add(seed, "message é \xff x")
	}
	f.Fuzz(func(t *testing.T, query, message string) {
		s, err := ddquery.ParseSearch(query)
		if err != nil {
			return
		}
		match, err := compileSearch(s)
		if err != nil {
			return
		}
		d := aLog()
		d.log.Message = message
		if first := match(d); first != match(d) {
			t.Error("the same search of the same log has two results")
		}
	})
}
