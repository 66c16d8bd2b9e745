package sandbox

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestKeys(t *testing.T) {
	s := newTestServer(t)
	forbidden := `{"code":403,"email":"support@datadoghq.com","errors":["Forbidden"],"status":"error","statuspage":"http://status.datadoghq.com","twitter":"http://twitter.com/datadogops"}`
	for _, c := range []struct {
		url, api, app string
		status        int
	}{
		{"/api/v1/validate", "k", "", 200},
		{"/api/v1/validate", "", "", 403},
		{"/api/v1/validate", "invalid", "", 403},
		{"/api/v1/monitor", "k", "a", 200},
		{"/api/v1/monitor", "k", "", 403},
		{"/api/v1/monitor", "k", "invalid", 403},
		{"/api/v1/monitor", "invalid", "a", 403},
		{"/api/v1/monitor", "", "a", 403},
	} {
		r := httptest.NewRequest(http.MethodGet, c.url, nil)
		r.Header.Set("DD-API-KEY", c.api)
		r.Header.Set("DD-APPLICATION-KEY", c.app)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Code != c.status || w.Code == 403 && w.Body.String() != forbidden {
			t.Errorf("%+v: %d %s", c, w.Code, w.Body)
		}
	}
	if got := call(s, "GET", "/api/v1/validate", "").Body.String(); got != `{"valid":true}` {
		t.Errorf("validate: %s", got)
	}
}

func TestInvalidRequests(t *testing.T) {
	s := newTestServer(t)
	for _, c := range []struct {
		method, url, body string
		status            int
	}{
		{"GET", "/api/v1/nothing", "", 404},
		{"GET", "/", "", 404},
		{"PATCH", "/api/v1/monitor", "", 405},
		{"POST", "/api/v1/monitor/5", "", 405},
		{"POST", "/api/v1/monitor", "{", 400},
		{"POST", "/api/v1/monitor", "[]", 400},
		{"POST", "/api/v1/monitor", "null", 400},
		{"POST", "/api/v1/monitor", "{} {}", 400},
		{"POST", "/api/v1/dashboard", "", 400},
		{"PUT", "/api/v1/monitor/5", "x", 400},
		{"PUT", "/api/v1/monitor/5", "{}", 404},
		{"DELETE", "/api/v1/dashboard", "x", 400},
		{"POST", "/api/v1/monitor", `{"message":"` + strings.Repeat("x", maxBody) + `"}`, 413},
		{"GET", "/api/v1/dashboard?count=x", "", 400},
		{"GET", "/api/v1/monitor/search?per_page=0", "", 400},
		{"GET", "/api/v1/monitor/search?page=99999999999999999999", "", 400},
	} {
		w := call(s, c.method, c.url, c.body)
		if w.Code != c.status {
			t.Errorf("%s %s %.20s: %d %s", c.method, c.url, c.body, w.Code, w.Body)
		}
		if len(parse(t, w.Body.Bytes())["errors"].([]any)) != 1 || w.Header().Get("Content-Type") != "application/json" {
			t.Errorf("%s %s: %s", c.method, c.url, w.Body)
		}
	}
}

func TestRateHeaders(t *testing.T) {
	now := testNow() // 5 s into a window of 10 s
	s, err := Open("", Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	header := func(method, url string) string {
		h := call(s, method, url, "{}").Header()
		return strings.Join([]string{h.Get("X-RateLimit-Name"), h.Get("X-RateLimit-Limit"), h.Get("X-RateLimit-Period"),
			h.Get("X-RateLimit-Remaining"), h.Get("X-RateLimit-Reset")}, " ")
	}
	for _, c := range []struct{ method, url, want string }{
		{"POST", "/api/v1/monitor", "post_monitors 500 10 499 5"},
		{"POST", "/api/v1/monitor", "post_monitors 500 10 498 5"},
		{"PUT", "/api/v1/monitor/1", "put_monitors 500 10 499 5"},
		{"GET", "/api/v1/monitor/1", "get_monitors 3000 10 2999 5"},
		{"GET", "/api/v1/monitor", "get_all_monitors 1000 10 999 5"},
		{"DELETE", "/api/v1/monitor/1", "global_org 12000 60 11999 55"},
		{"GET", "/api/v1/dashboard/1", "global_org 12000 60 11998 55"},
		{"GET", "/api/v1/dashboard", "list_dashboards 60 60 59 55"},
	} {
		if got := header(c.method, c.url); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.method, c.url, got, c.want)
		}
	}
	now = now.Add(5 * time.Second)
	if got, want := header("POST", "/api/v1/monitor"), "post_monitors 500 10 499 10"; got != want {
		t.Errorf("in the next window: %s, want %s", got, want)
	}
}

func TestLatencyEndsWithTheRequest(t *testing.T) {
	s, err := Open("", Options{Now: testNow, Latency: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequestWithContext(ctx, "POST", "/api/v1/monitor", strings.NewReader(monitorBody(nil))))
	if w.Body.Len() != 0 {
		t.Errorf("response after the client disconnected: %s", w.Body)
	}
}

func TestOpenFileInUse(t *testing.T) {
	path := filepath.Join(t.TempDir(), "folder", "sandbox.db")
	first := openTestServer(t, path)
	_, err := Open(path, Options{Now: testNow})
	if !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), path) {
		t.Fatalf("second Open: %v", err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	openTestServer(t, path)
}

func TestInvalidFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sandbox.db")
	if err := os.WriteFile(path, []byte(strings.Repeat("not a store", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(path, Options{Now: testNow}); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("got %v", err)
	}
}

// TestFileAfterKill copies the file of a server that is still open, which is what a killed process leaves behind. The
// copy must contain all confirmed writes.
func TestFileAfterKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sandbox.db")
	s := openTestServer(t, path)
	a := must(t, s, "POST", "/api/v1/monitor", monitorBody(object{"name": "a"}))
	b := must(t, s, "POST", "/api/v1/monitor", monitorBody(object{"name": "b"}))
	composite := must(t, s, "POST", "/api/v1/monitor", body(object{"type": "composite", "query": fmt.Sprint(a["id"])}))
	must(t, s, "PUT", monitorURL(a), `{"message":"changed"}`)
	last := must(t, s, "POST", "/api/v1/monitor", monitorBody(object{"name": "last"}))
	must(t, s, "DELETE", monitorURL(b), "")
	must(t, s, "DELETE", monitorURL(last), "")
	d := must(t, s, "POST", "/api/v1/dashboard", dashboardBody(nil))
	deleted := must(t, s, "POST", "/api/v1/dashboard", dashboardBody(nil))
	must(t, s, "DELETE", dashboardURL(deleted), "")
	urls := []string{"/api/v1/monitor", "/api/v1/dashboard", "/api/v1/dashboard?filter[deleted]=true", dashboardURL(d), monitorURL(a), monitorURL(composite)}

	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	copied := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(copied, data, 0o600); err != nil {
		t.Fatal(err)
	}
	after := openTestServer(t, copied)
	for _, url := range urls {
		if diff := cmp.Diff(call(s, "GET", url, "").Body.String(), call(after, "GET", url, "").Body.String()); diff != "" {
			t.Errorf("%s (-before +after):\n%s", url, diff)
		}
	}
	if w := call(after, "DELETE", monitorURL(a), ""); w.Code != 400 {
		t.Errorf("the reference is missing: %d", w.Code)
	}
	if w := call(after, "POST", "/api/v1/monitor", monitorBody(object{"name": "a", "message": "changed"})); w.Code != 400 {
		t.Errorf("the duplicate is not detected: %d", w.Code)
	}
	if next := must(t, after, "POST", "/api/v1/monitor", monitorBody(object{"name": "last"})); next["id"] == last["id"] {
		t.Errorf("id %s is reused", next["id"])
	}
	if next := must(t, after, "POST", "/api/v1/dashboard", dashboardBody(nil)); next["id"] == d["id"] || next["id"] == deleted["id"] {
		t.Errorf("id %s is reused", next["id"])
	}
}

func TestConcurrentWriters(t *testing.T) {
	for name, path := range map[string]string{"memory": "", "file": filepath.Join(t.TempDir(), "sandbox.db")} {
		t.Run(name, func(t *testing.T) {
			s := openTestServer(t, path)
			const workers, each = 10, 20
			var wg sync.WaitGroup
			for worker := range workers {
				wg.Go(func() {
					for i := range each {
						w := call(s, "POST", "/api/v1/monitor", monitorBody(object{"name": fmt.Sprint(worker, "-", i)}))
						if w.Code != 200 {
							t.Errorf("create: %d %s", w.Code, w.Body)
							continue
						}
						m, _ := decodeObject(w.Body.Bytes())
						if w := call(s, "PUT", monitorURL(m), `{"message":"second"}`); w.Code != 200 {
							t.Errorf("update: %d %s", w.Code, w.Body)
						}
						call(s, "POST", "/api/v1/monitor", monitorBody(object{"name": "contested"}))
					}
				})
			}
			wg.Wait()
			items := objects(decodeAny(t, call(s, "GET", "/api/v1/monitor", "").Body.Bytes()))
			if len(items) != workers*each+1 {
				t.Errorf("%d monitors, want %d and one contested monitor", len(items), workers*each)
			}
			for i, m := range items {
				if m["name"] != "contested" && m["message"] != "second" {
					t.Errorf("the list shows an old version of %s", m["id"])
				}
				if i > 0 && fmt.Sprint(items[i-1]["id"]) >= fmt.Sprint(m["id"]) {
					t.Errorf("out of order: %s, %s", items[i-1]["id"], m["id"])
				}
			}
		})
	}
}

// TestCopy: a copy has the same objects, and changes to one server do not affect the other.
func TestCopy(t *testing.T) {
	first, err := Open("", Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	create := func(s *Server, name string) string {
		r := httptest.NewRequest(http.MethodPost, "/api/v1/monitor", strings.NewReader(`{"name":"`+name+`","type":"query alert","query":"avg(last_5m):avg:x{*} > 1"}`))
		return responseOf(s, r)
	}
	list := func(s *Server) int {
		return strings.Count(responseOf(s, httptest.NewRequest(http.MethodGet, "/api/v1/monitor", nil)), `"org_id"`)
	}
	create(first, "a")
	second, err := first.Copy(Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if made := create(second, "b"); !strings.Contains(made, `"id":100000002`) {
		t.Errorf("the copy's next id: %s", made)
	}
	create(first, "c")
	create(first, "d")
	if a, b := list(first), list(second); a != 3 || b != 2 {
		t.Errorf("%d and %d monitors, want 3 and 2", a, b)
	}
	file, err := Open(filepath.Join(t.TempDir(), "box.db"), Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.Copy(Options{Now: time.Now}); err == nil {
		t.Error("a server with a file was copied")
	}
}

func responseOf(s *Server, r *http.Request) string {
	r.Header.Set("DD-API-KEY", "k")
	r.Header.Set("DD-APPLICATION-KEY", "k")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w.Body.String()
}
