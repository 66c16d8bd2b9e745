package chaos_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// recorder stands before a Datadog and notes the requests, and when each arrived and was answered.
type recorder struct {
	next http.Handler
	mu   sync.Mutex
	seen []exchange
}

type exchange struct {
	request           string // "PUT /api/v1/monitor/1"
	arrived, answered time.Time
}

func (r *recorder) before(next http.Handler) http.Handler {
	r.next = next
	return r
}

func (r *recorder) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	e := exchange{request: request.Method + " " + request.URL.String(), arrived: time.Now()}
	// The answer is complete before it is sent, so that the next request cannot arrive before it is noted.
	answer := httptest.NewRecorder()
	r.next.ServeHTTP(answer, request)
	e.answered = time.Now()
	r.mu.Lock()
	r.seen = append(r.seen, e)
	r.mu.Unlock()
	for key, values := range answer.Header() {
		w.Header()[key] = values
	}
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes()) // a client that has gone is not this test's
}

// writes are the requests that change something, each with the one before it.
func (r *recorder) writes() (pairs [][2]exchange) {
	for i, e := range r.seen {
		method, path, _ := strings.Cut(e.request, " ")
		if i > 0 && method != http.MethodGet && !strings.Contains(path, "/validate") {
			pairs = append(pairs, [2]exchange{r.seen[i-1], e})
		}
	}
	return pairs
}

// TestEveryWriteIsPrecededByALook: right before each write the object, or the free address, is looked at, and nothing
// comes in between. What remains between the two is one round trip.
func TestEveryWriteIsPrecededByALook(t *testing.T) {
	r := &recorder{}
	trial := newWorld(t).copy(t, nil, r.before)
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
	// 28 are created, 32 changed and 9 deleted; 4 of the deleted are marked before.
	if len(pairs) != 73 {
		t.Errorf("%d writes", len(pairs))
	}
}

// BenchmarkWindow is the time from the answer to the look until the write that follows it arrives, on loopback: what an
// edit has to fall into to be written over. With a network it is a round trip more.
func BenchmarkWindow(b *testing.B) {
	start := newWorld(b)
	var total time.Duration
	n := 0
	for b.Loop() {
		r := &recorder{}
		trial := start.copy(b, nil, r.before)
		if code, out := trial.apply(); code != 0 {
			b.Fatalf("exit code %d\n%s", code, out)
		}
		trial.close()
		for _, p := range r.writes() {
			total += p[1].arrived.Sub(p[0].answered)
			n++
		}
	}
	b.ReportMetric(float64(total.Microseconds())/float64(n), "µs/window")
}
