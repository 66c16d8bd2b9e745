package sandbox

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// listedNames returns the names of the listed monitors.
func listedNames(t *testing.T, s *Server) string {
	t.Helper()
	var out []string
	for _, m := range objects(decodeAny(t, call(s, "GET", "/api/v1/monitor", "").Body.Bytes())) {
		out = append(out, stringField(m, "name"))
	}
	return strings.Join(out, " ")
}

func TestStaleByRequests(t *testing.T) {
	s, _ := openWithFaults(t, "POST * 2 stale=3\nPUT * 1 stale=1\nDELETE * 1 stale=1")
	must(t, s, "POST", "/api/v1/monitor", monitorBody(object{"name": "a"}))
	b := must(t, s, "POST", "/api/v1/monitor", monitorBody(object{"name": "b"}))
	got := must(t, s, "GET", monitorURL(b), "") // the first of three requests that do not list it
	if got["name"] != "b" {
		t.Errorf("a get by id returns %v", got["name"])
	}
	search := must(t, s, "GET", "/api/v1/monitor/search", "")
	if n := fmt.Sprint(search["metadata"].(object)["total_count"]); n != "1" {
		t.Errorf("the search found %s", n)
	}
	lists := []string{listedNames(t, s), listedNames(t, s)}
	must(t, s, "PUT", monitorURL(b), `{"name":"c"}`)
	lists = append(lists, listedNames(t, s), listedNames(t, s))
	must(t, s, "DELETE", monitorURL(b), "")
	lists = append(lists, listedNames(t, s), listedNames(t, s))
	if got, want := strings.Join(lists, ", "), "a, a b, a b, a c, a c, a"; got != want {
		t.Errorf("lists show %s, want %s", got, want)
	}
}

func TestStaleByTime(t *testing.T) {
	now := testNow()
	s, err := Open("", Options{Now: func() time.Time { return now }, Faults: parseFaults(t, "* * always stale=2s")})
	if err != nil {
		t.Fatal(err)
	}
	must(t, s, "POST", "/api/v1/monitor", monitorBody(object{"name": "a"}))
	now = now.Add(2*time.Second - 1)
	if got := listedNames(t, s); got != "" {
		t.Errorf("too early: %s", got)
	}
	now = now.Add(1)
	if got := listedNames(t, s); got != "a" {
		t.Errorf("after two seconds: %q", got)
	}
}

func TestStaleDuplicate(t *testing.T) {
	s, _ := openWithFaults(t, "POST * 1 reset=after stale=100")
	send := newClient(t, s)
	if got := send("POST", "/api/v1/monitor", monitorBody(nil)); got.err == nil {
		t.Fatalf("got a response: %+v", got)
	}
	if got := listedNames(t, s); got != "" {
		t.Errorf("listed: %s", got)
	}
	if got := send("POST", "/api/v1/monitor", monitorBody(nil)); got.status != 400 || !strings.Contains(got.body, "Duplicate of an existing monitor_id:") {
		t.Errorf("the duplicate: %+v", got)
	}
}

// TestStaleOrder: lists never show an earlier version of an object after a later one.
func TestStaleOrder(t *testing.T) {
	for _, c := range []struct{ rules, want string }{
		{"PUT * 1 stale=3", "2 2 2 2 2"},                  // the second write has no delay and shows the first too
		{"PUT * 1 stale=4\nPUT * 2 stale=1", "0 2 2 2 2"}, // the later write is due first
		{"PUT * 1 stale=2\nPUT * 2 stale=3", "0 1 1 2 2"},
		{"PUT * 1 stale=2\nPUT * 2 stale=1", "0 2 2 2 2"}, // both at the same time
	} {
		s, _ := openWithFaults(t, c.rules)
		m := must(t, s, "POST", "/api/v1/monitor", monitorBody(object{"name": "0"}))
		must(t, s, "PUT", monitorURL(m), `{"name":"1"}`)
		must(t, s, "PUT", monitorURL(m), `{"name":"2"}`)
		var got []string
		for range 5 {
			got = append(got, listedNames(t, s))
		}
		if list := strings.Join(got, " "); list != c.want {
			t.Errorf("%q: %s, want %s", c.rules, list, c.want)
		}
	}
}

func TestStaleDashboards(t *testing.T) {
	s, _ := openWithFaults(t, "POST * 1 stale=1\nDELETE * 1 stale=1")
	count := func(query string) int {
		return len(objects(must(t, s, "GET", "/api/v1/dashboard"+query, "")["dashboards"]))
	}
	d := must(t, s, "POST", "/api/v1/dashboard", dashboardBody(nil))
	created := []int{count(""), count("")}
	must(t, s, "GET", dashboardURL(d), "")
	must(t, s, "DELETE", dashboardURL(d), "")
	deleted := []int{count(""), count(""), count("?filter[deleted]=true")}
	if fmt.Sprint(created, deleted) != "[0 1] [1 0 1]" {
		t.Errorf("created %v, deleted %v", created, deleted)
	}
}

// TestStaleEndsOnRestart: after reopening, the sandbox lists everything.
func TestStaleEndsOnRestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "sandbox.db")
	o := Options{Now: testNow, Faults: parseFaults(t, "* * always stale=100")}
	s, err := Open(path, o)
	if err != nil {
		t.Fatal(err)
	}
	must(t, s, "POST", "/api/v1/monitor", monitorBody(object{"name": "a"}))
	before := listedNames(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err = Open(path, o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if after := listedNames(t, s); before != "" || after != "a" {
		t.Errorf("before %q, after %q", before, after)
	}
}
