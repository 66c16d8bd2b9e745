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
