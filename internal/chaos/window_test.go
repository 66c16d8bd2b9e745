package chaos_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// recorder is middleware that records the requests with the times of arrival and response.
type recorder struct {
	next http.Handler
	mu   sync.Mutex
	seen []exchange
}

type exchange struct {
	request            string // "PUT /api/v1/monitor/1"
	arrived, responded time.Time
}

func (r *recorder) wrap(next http.Handler) http.Handler {
	r.next = next
	return r
}

func (r *recorder) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	e := exchange{request: request.Method + " " + request.URL.String(), arrived: time.Now()}
	// Buffer the response, so that the next request cannot arrive before this one is recorded.
	response := httptest.NewRecorder()
	r.next.ServeHTTP(response, request)
	e.responded = time.Now()
	r.mu.Lock()
	r.seen = append(r.seen, e)
	r.mu.Unlock()
	for key, values := range response.Header() {
		w.Header()[key] = values
	}
	w.WriteHeader(response.Code)
	_, _ = w.Write(response.Body.Bytes()) // the test fails elsewhere if the client has disconnected
}

// writes returns the requests that change objects, each with the request before it.
func (r *recorder) writes() (pairs [][2]exchange) {
	for i, e := range r.seen {
		method, path, _ := strings.Cut(e.request, " ")
		if i > 0 && method != http.MethodGet && !strings.Contains(path, "/validate") {
			pairs = append(pairs, [2]exchange{r.seen[i-1], e})
		}
	}
	return pairs
}

// TestReadBeforeWrite: ddmon reads the object, or checks that the address is free, directly before each write. The time
// between the two requests is one round trip.
func TestReadBeforeWrite(t *testing.T) {
	r := &recorder{}
	trial := newEnvironment(t).copy(t, nil, r.wrap)
	defer func() { trial.close() }()
	if code, out := trial.apply(); code != 0 {
		t.Fatalf("exit code %d\n%s", code, out)
	}
	pairs := r.writes()
	for _, p := range pairs {
		method, path, _ := strings.Cut(p[1].request, " ")
		want := "GET " + path
		if method == http.MethodPost && path == "/api/v1/monitor" {
			want = "GET /api/v1/monitor?id_offset=0&monitor_tags=ddmon_stack%3Achaos%2Cddmon_id%3Amonitor."
		}
		if !strings.HasPrefix(p[0].request, want) {
			t.Errorf("%s comes after %s", p[1].request, p[0].request)
		}
	}
	// 28 creates, 32 updates and 9 deletes. Before 4 of the deletes, the object is marked.
	if len(pairs) != 73 {
		t.Errorf("%d writes", len(pairs))
	}
}

// BenchmarkWindow measures the time between the response to the read and the arrival of the write, on loopback. An edit
// in this window is overwritten. A network adds one round trip.
func BenchmarkWindow(b *testing.B) {
	start := newEnvironment(b)
	var total time.Duration
	n := 0
	for b.Loop() {
		r := &recorder{}
		trial := start.copy(b, nil, r.wrap)
		if code, out := trial.apply(); code != 0 {
			b.Fatalf("exit code %d\n%s", code, out)
		}
		trial.close()
		for _, p := range r.writes() {
			total += p[1].arrived.Sub(p[0].responded)
			n++
		}
	}
	b.ReportMetric(float64(total.Microseconds())/float64(n), "µs/window")
}
