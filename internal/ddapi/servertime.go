package ddapi

import (
	"net/http"
	"sync/atomic"
	"time"
)

// serverClock keeps the latest time that the server sent.
type serverClock struct {
	seen atomic.Pointer[time.Time]
}

// read updates the time from the headers of a response, if they have a valid one.
func (s *serverClock) read(h http.Header) {
	if at, err := http.ParseTime(h.Get("Date")); err == nil {
		at = at.UTC()
		s.seen.Store(&at)
	}
}
