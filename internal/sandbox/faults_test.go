package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// recordedSleeps records waits instead of sleeping.
type recordedSleeps struct {
	mu    sync.Mutex
	taken []time.Duration
}

func (n *recordedSleeps) sleep(ctx context.Context, d time.Duration) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.taken = append(n.taken, d)
	return ctx.Err()
}

func parseFaults(t testing.TB, script string) *Faults {
	t.Helper()
	f, err := ParseFaults([]byte(script))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func openWithFaults(t testing.TB, script string) (*Server, *recordedSleeps) {
	t.Helper()
	var n recordedSleeps
	s, err := Open("", Options{Now: testNow, Faults: parseFaults(t, script), Sleep: n.sleep})
	if err != nil {
		t.Fatal(err)
	}
	return s, &n
}

// clientResult is what a client received.
type clientResult struct {
	status int // 0 without a response
	header http.Header
	body   string
	err    error
}

// newClient returns a client that opens a new connection for each request. On a reused connection, Go's client would
// retry a GET by itself.
func newClient(t testing.TB, h http.Handler) func(method, path, body string) clientResult {
	t.Helper()
	web := httptest.NewServer(h)
	t.Cleanup(web.Close)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	return func(method, path, body string) clientResult {
		r, err := http.NewRequestWithContext(t.Context(), method, web.URL+path, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("DD-API-KEY", "k")
		r.Header.Set("DD-APPLICATION-KEY", "a")
		response, err := client.Do(r)
		if err != nil {
			return clientResult{err: err}
		}
		defer response.Body.Close()
		data, err := io.ReadAll(response.Body)
		return clientResult{response.StatusCode, response.Header, string(data), err}
	}
}

// countStored returns the number of stored monitors.
func countStored(s *Server) int {
	s.index.mu.RLock()
	defer s.index.mu.RUnlock()
	return len(s.index.monitors)
}

// TestFaults creates a monitor with each fault.
func TestFaults(t *testing.T) {
	plain := call(newTestServer(t), "POST", "/api/v1/monitor", monitorBody(nil)).Body.String()
	gateway := func(status int) string { return string(gatewayError(status, http.StatusText(status)).body) }
	for _, c := range []struct {
		fault  string
		status int
		body   string
		err    error
		stored int
	}{
		{"latency=1h", 200, plain, nil, 1},
		{"stale=1", 200, plain, nil, 1},
		{"status=429", 429, `{"errors":["Rate limit of 500 requests in 10 seconds reached. Please try again later."]}`, nil, 0},
		{"status=500", 500, gateway(500), nil, 0},
		{"status=502", 502, gateway(502), nil, 0},
		{"status=503", 503, gateway(503), nil, 0},
		{"status=504", 504, gateway(504), nil, 0},
		{"status=504:after", 504, gateway(504), nil, 1},
		{"reset=before", 0, "", io.EOF, 0},
		{"reset=after", 0, "", io.EOF, 1},
		{"truncate=0", 200, "", io.ErrUnexpectedEOF, 1},
		{"truncate=7", 200, plain[:7], io.ErrUnexpectedEOF, 1},
		{"truncate=100000", 200, plain, nil, 1},
		{"slow=8s", 200, plain, nil, 1},
		{"body=broken", 200, plain[:len(plain)/2], nil, 1},
		{"body=wrong", 200, "[]", nil, 1},
		{"body=empty", 200, "", nil, 1},
		{"body=html", 200, "<!DOCTYPE html>", nil, 0},
		{"body=html:after", 200, "<!DOCTYPE html>", nil, 1},
	} {
		t.Run(c.fault, func(t *testing.T) {
			s, _ := openWithFaults(t, "POST /api/v1/monitor 1 "+c.fault)
			send := newClient(t, s)
			got := send("POST", "/api/v1/monitor", monitorBody(nil))
			if strings.HasPrefix(c.body, "<") {
				got.body, _, _ = strings.Cut(got.body, "\n")
			}
			if got.status != c.status || got.body != c.body || !errors.Is(got.err, c.err) || (got.err == nil) != (c.err == nil) {
				t.Errorf("got %d %v %s\nwant %d %v %s", got.status, got.err, got.body, c.status, c.err, c.body)
			}
			if c.fault == "body=broken" && json.Valid([]byte(got.body)) {
				t.Errorf("the body is valid JSON: %s", got.body)
			}
			if n := countStored(s); n != c.stored {
				t.Errorf("%d monitors stored, want %d", n, c.stored)
			}
			if next := send("POST", "/api/v1/monitor", monitorBody(object{"name": "next"})); next.status != 200 || next.err != nil {
				t.Errorf("the next request: %+v", next)
			}
		})
	}
}

func TestFaultWithLargeRequest(t *testing.T) {
	s, _ := openWithFaults(t, "* * always reset=before")
	got := newClient(t, s)("POST", "/api/v1/monitor", monitorBody(object{"message": strings.Repeat("x", 4<<20)}))
	if !errors.Is(got.err, io.EOF) {
		t.Errorf("got %+v, want a closed connection", got)
	}
}

func TestWrongShapeList(t *testing.T) {
	s, _ := openWithFaults(t, "* * always body=wrong")
	if got := call(s, "GET", "/api/v1/monitor", "").Body.String(); got != "{}" {
		t.Errorf("got %s instead of an array", got)
	}
}

func TestFaultWithoutBody(t *testing.T) {
	for _, fault := range []string{"truncate=3", "slow=1s", "body=broken", "body=empty"} {
		s, _ := openWithFaults(t, "DELETE /api/v1/dashboard 1 "+fault)
		id := must(t, s, "POST", "/api/v1/dashboard", dashboardBody(nil))["id"]
		got := newClient(t, s)("DELETE", "/api/v1/dashboard", body(object{"data": []any{object{"id": id, "type": "dashboard"}}}))
		if got.status != 204 || got.err != nil || got.body != "" {
			t.Errorf("%s: %+v", fault, got)
		}
	}
}

func TestFaultRateHeaders(t *testing.T) {
	s, _ := openWithFaults(t, "* * always status=429")
	send := newClient(t, s)
	for _, c := range []struct{ method, path, want string }{ // 5 s into windows of 10 and of 60 s
		{"POST", "/api/v1/monitor", "post_monitors 500 10 0 5"},
		{"PUT", "/api/v1/monitor/1", "put_monitors 500 10 0 5"},
		{"GET", "/api/v1/monitor?page=0", "get_all_monitors 1000 10 0 5"},
		{"GET", "/api/v1/dashboard", "list_dashboards 60 60 0 55"},
		{"DELETE", "/api/v1/monitor/1", "global_org 12000 60 0 55"},
		{"GET", "/nowhere", "global_org 12000 60 0 55"},
		{"PATCH", "/api/v1/monitor", "global_org 12000 60 0 55"},
	} {
		h := send(c.method, c.path, "").header
		got := strings.Join([]string{h.Get("X-RateLimit-Name"), h.Get("X-RateLimit-Limit"), h.Get("X-RateLimit-Period"),
			h.Get("X-RateLimit-Remaining"), h.Get("X-RateLimit-Reset")}, " ")
		if got != c.want {
			t.Errorf("%s %s: %s, want %s", c.method, c.path, got, c.want)
		}
	}
}

func TestLatencyAndSlow(t *testing.T) {
	for _, c := range []struct {
		fault string
		want  string
	}{
		{"latency=2s", "[2s]"},
		{"latency=2s status=502", "[2s]"},
		{"slow=8s", "[1s 1s 1s 1s 1s 1s 1s 1s]"},
		{"status=502", "[]"},
	} {
		s, n := openWithFaults(t, "* * always "+c.fault)
		call(s, "GET", "/api/v1/monitor", "")
		if got := fmt.Sprint(n.taken); got != c.want {
			t.Errorf("%s: %s, want %s", c.fault, got, c.want)
		}
	}
}

func TestWaitsEndOnCancel(t *testing.T) {
	for fault, wantStored := range map[string]int{"latency=1h": 0, "slow=1h": 1} {
		s, err := Open("", Options{Now: testNow, Faults: parseFaults(t, "* * always "+fault)})
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		r := httptest.NewRequestWithContext(ctx, "POST", "/api/v1/monitor", strings.NewReader(monitorBody(nil)))
		r.Header.Set("DD-API-KEY", "k")
		r.Header.Set("DD-APPLICATION-KEY", "a")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if w.Body.Len() != 0 || countStored(s) != wantStored {
			t.Errorf("%s: %d stored, response %s", fault, countStored(s), w.Body)
		}
	}
}

// TestWhen sends a request nine times and checks to which of them a rule applies.
func TestWhen(t *testing.T) {
	for _, c := range []struct{ rules, want string }{
		{"", "........."},
		{"# nothing\n\n \t# here", "........."},
		{"GET /api/v1/monitor/1 always status=502", "222222222"},
		{"* * 1 status=502", "2........"},
		{"* * 3 status=502 # the third", "..2......"},
		{"* * 3-5 status=502", "..222...."},
		{"* * 3-3 status=502", "..2......"},
		{"* * 7- status=502", "......222"},
		{"* * every=1 status=502", "222222222"},
		{"* * every=3 status=502", "..2..2..2"},
		{"* * every=4 status=502\n* * every=2 status=503", ".3.2.3.2."},
		{"* * 2 status=502\n* * 2 status=503\n* * 3 status=504", ".24......"},
		{"POST * always status=502", "........."},
		{"POST,GET * 2 status=502\r\n", ".2......."},
		{"* /api/v1/monitor always status=502", "........."},
		{"* /api/v1/* always status=502", "........."},
		{"* /api/v1/*/* 9 status=502", "........2"},
		{"* /api/** 8- status=502", ".......22"},
		{"* /api/v1/{monitor,dashboard}/1 2 status=502", ".2......."},
	} {
		s, _ := openWithFaults(t, c.rules)
		seedMonitor(t, s, 1, object{})
		var got strings.Builder
		for range c.want {
			if status := call(s, "GET", "/api/v1/monitor/1?x=y", "").Code; status == http.StatusOK {
				got.WriteByte('.')
			} else {
				fmt.Fprint(&got, status%10)
			}
		}
		if got.String() != c.want {
			t.Errorf("%q: %s, want %s", c.rules, got.String(), c.want)
		}
	}
}

func TestRulesCountMatchingRequests(t *testing.T) {
	f := parseFaults(t, "POST /api/v1/monitor 2 status=502")
	s, err := Open("", Options{Now: testNow, Faults: f})
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	for _, method := range []string{"POST", "GET", "GET", "POST", "GET", "POST"} {
		got = append(got, call(s, method, "/api/v1/monitor", monitorBody(object{"name": fmt.Sprint(len(got))})).Code)
	}
	if fmt.Sprint(got) != "[200 200 200 502 200 200]" || f.Requests() != 6 {
		t.Errorf("%v of %d requests", got, f.Requests())
	}
}

// TestFaultsAcrossRestart: rules continue to count after a restart.
func TestFaultsAcrossRestart(t *testing.T) {
	f := parseFaults(t, "* * 2 status=502")
	for i, want := range []int{200, 502} {
		s, err := Open("", Options{Now: testNow, Faults: f})
		if err != nil {
			t.Fatal(err)
		}
		if got := call(s, "GET", "/api/v1/monitor", "").Code; got != want || f.Requests() != i+1 {
			t.Errorf("request %d: %d, want %d", f.Requests(), got, want)
		}
	}
}

func TestFaultsConcurrent(t *testing.T) {
	const clients, each = 8, 25
	f := parseFaults(t, "GET * always latency=1ms\nPOST * every=4 status=502:after\nPOST * always stale=3")
	s, err := Open("", Options{Now: testNow, Faults: f, Sleep: (&recordedSleeps{}).sleep})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	var mu sync.Mutex
	failed := 0
	for client := range clients {
		wg.Go(func() {
			for i := range each {
				w := call(s, "POST", "/api/v1/monitor", monitorBody(object{"name": fmt.Sprint(client, "-", i)}))
				call(s, "GET", "/api/v1/monitor", "")
				mu.Lock()
				if w.Code == http.StatusBadGateway {
					failed++
				}
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	for range 4 {
		call(s, "GET", "/api/v1/monitor", "")
	}
	listed := len(objects(decodeAny(t, call(s, "GET", "/api/v1/monitor", "").Body.Bytes())))
	if failed != clients*each/4 || countStored(s) != clients*each || listed != clients*each || f.Requests() != 2*clients*each+5 {
		t.Errorf("%d failed, %d stored, %d listed after %d requests", failed, countStored(s), listed, f.Requests())
	}
}
