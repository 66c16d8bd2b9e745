package sandbox

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// rate is one of Datadog's rate limits: a number of requests per period in seconds.
type rate struct {
	name   string
	limit  int
	period int64
}

// rates counts the requests in the current window of each rate limit. It only reports the counts and rejects no
// requests.
type rates struct {
	mu   sync.Mutex
	used map[rate]window
}

type window struct {
	number int64
	count  int
}

func newRates() *rates {
	return &rates{used: map[rate]window{}}
}

// writeHeaders counts a request and sets the rate limit headers.
func (r *rates) writeHeaders(h http.Header, of rate, now time.Time) {
	r.mu.Lock()
	w := r.used[of]
	if number := now.Unix() / of.period; w.number != number {
		w = window{number: number}
	}
	w.count++
	r.used[of] = w
	r.mu.Unlock()
	of.writeHeaders(h, max(0, of.limit-w.count), now)
}

// writeHeaders sets the rate limit headers for the number of requests that remain in the window.
func (of rate) writeHeaders(h http.Header, remaining int, now time.Time) {
	h.Set("X-RateLimit-Limit", strconv.Itoa(of.limit))
	h.Set("X-RateLimit-Period", strconv.FormatInt(of.period, 10))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(remaining))
	h.Set("X-RateLimit-Reset", strconv.FormatInt(of.period-now.Unix()%of.period, 10))
	if of.name != "" { // not all are recorded with a name
		h.Set("X-RateLimit-Name", of.name)
	}
}
