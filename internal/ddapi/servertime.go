package ddapi

import (
	"net/http"
	"sync/atomic"
	"time"
)

// serverClock keeps the time that the server last sent. The zero value has none.
type serverClock struct {
	seen atomic.Pointer[time.Time]
}

// read takes the time off the headers of an answer. Where they have none that can be read, the last one stays.
func (s *serverClock) read(h http.Header) {
	if at, err := http.ParseTime(h.Get("Date")); err == nil {
		at = at.UTC()
		s.seen.Store(&at)
	}
}

// ServerTime returns the time, in whole seconds of UTC, at which the server sent its latest success, by the answer's
// Date header; ok is false before the first one, and where the server sends no such header. Errors do not count: a
// proxy with a clock of its own may have made them.
func (c *Client) ServerTime() (at time.Time, ok bool) {
	if seen := c.clock.seen.Load(); seen != nil {
		return *seen, true
	}
	return time.Time{}, false
}
