package ddapi_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"ddmon/internal/ddapi"
)

func TestLive(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v2/metrics/a.b/all-tags", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"data":{"id":"a.b","attributes":{"tags":["queue:a"],"ingested_tags":["host:b"]}}}`))
	})
	mux.HandleFunc("GET /api/v2/notifications/handles", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.RawQuery != "group_limit=99999" { // the default is a few of each group
			t.Errorf("handles with %q", r.URL.RawQuery)
		}
		_, _ = w.Write([]byte(`{"data":[{"attributes":{"handles":[{"value":"@slack-a"},{"value":"@team-b"}]}},{"attributes":{}}]}`))
	})
	mux.HandleFunc("GET /api/v1/monitor/1", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`{"id":1}`))
	})
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNotFound)
		_, _ = w.Write([]byte(`{"errors":["Not found"]}`))
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	c, err := ddapi.New(ddapi.Config{APIKey: "k", AppKey: "k", Host: server.URL})
	if err != nil {
		t.Fatal(err)
	}
	tags, ok, err := c.MetricTags(t.Context(), "a.b")
	if !ok || err != nil || !slices.Equal(tags, []string{"queue:a", "host:b"}) {
		t.Errorf("%v, %v, %v", tags, ok, err)
	}
	if _, ok, err := c.MetricTags(t.Context(), "c.d"); ok || err != nil {
		t.Errorf("a missing metric: %v, %v", ok, err)
	}
	if handles, err := c.Handles(t.Context()); err != nil || !slices.Equal(handles, []string{"@slack-a", "@team-b"}) {
		t.Errorf("%v, %v", handles, err)
	}
	for id, want := range map[string]bool{"1": true, "2": false} {
		if got, err := c.Exists(t.Context(), "monitor", id); got != want || err != nil {
			t.Errorf("monitor %s: %v, %v", id, got, err)
		}
	}
}
