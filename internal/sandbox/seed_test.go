package sandbox

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// testNow is the time in tests, with a fraction of 250 ms so that truncation is visible.
func testNow() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 250_000_000, time.UTC) }

func newTestServer(t testing.TB) *Server {
	t.Helper()
	return openTestServer(t, "")
}

func openTestServer(t testing.TB, path string) *Server {
	t.Helper()
	s, err := Open(path, Options{Now: testNow})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// call sends a request with valid keys.
func call(s http.Handler, method, url, body string) *httptest.ResponseRecorder {
	return callWith(s, method, url, body, "key")
}

func callWith(s http.Handler, method, url, body, key string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, url, strings.NewReader(body))
	r.Header.Set("DD-API-KEY", key)
	r.Header.Set("DD-APPLICATION-KEY", key)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// must sends a request that must succeed and returns the object in the response.
func must(t testing.TB, s http.Handler, method, url, body string) object {
	t.Helper()
	w := call(s, method, url, body)
	if w.Code != http.StatusOK {
		t.Fatalf("%s %s: %d %s", method, url, w.Code, w.Body)
	}
	return parse(t, w.Body.Bytes())
}

func parse(t testing.TB, data []byte) object {
	t.Helper()
	o, err := decodeObject(bytes.Clone(data))
	if err != nil {
		t.Fatalf("%v: %s", err, data)
	}
	return o
}

// seedMonitor stores a monitor with a given id, without any checks. It adds the keys that all stored monitors have.
func seedMonitor(t testing.TB, s *Server, id int64, m object) {
	t.Helper()
	stored := draftMonitor(object{})
	for key, v := range m {
		stored[key] = v
	}
	stored["id"] = id
	for key, v := range map[string]any{
		"org_id": s.org, "type": "metric alert", "name": "seeded", "query": "avg(last_5m):avg:seeded{*} > 1",
		"options": normalizeOptions("metric alert", nil), "multi": false, "created": timestamp(s.now()), "modified": timestamp(s.now()),
		"created_at": int64(0), "deleted": nil, "overall_state": "No Data", "overall_state_modified": nil, "creator": creator(),
	} {
		if _, present := stored[key]; !present {
			stored[key] = v
		}
	}
	if err := s.store.update(func(t tx) error { return replaceMonitor(t, id, nil, stored) }); err != nil {
		t.Fatal(err)
	}
	if err := s.publishMonitor(t.Context(), id); err != nil {
		t.Fatal(err)
	}
}

// seedDashboard stores a dashboard with a given id, without any checks.
func seedDashboard(t testing.TB, s *Server, id string, d object) {
	t.Helper()
	stored := without(d)
	stored["id"] = id
	if err := s.store.update(func(t tx) error { return t.put(dashboardBucket, id, encode(stored)) }); err != nil {
		t.Fatal(err)
	}
	if err := s.publishDashboard(t.Context(), id); err != nil {
		t.Fatal(err)
	}
}
