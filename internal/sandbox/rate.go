package sandbox

import (
	"net/http"
	"strconv"
	"sync"
	"time"
)

// rate is one of Datadog's budgets: so many requests in each period of so many seconds.
type rate struct {
	name   string
	limit  int
	period int64
}

// rates counts the requests of the current window of each budget. It tells; it does not refuse.
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

// writeHeaders counts a request and writes the headers that say what is left.
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

// writeHeaders writes the headers of a budget of which so much is left until its window ends.
func (of rate) writeHeaders(h http.Header, remaining int, now time.Time) {
	h.Set("X-RateLimit-Limit", strconv.Itoa(of.limit))
	h.Set("X-RateLimit-Period", strconv.FormatInt(of.period, 10))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(remaining))
	h.Set("X-RateLimit-Reset", strconv.FormatInt(of.period-now.Unix()%of.period, 10))
	h.Set("X-RateLimit-Name", of.name)
}
