package sandbox

import (
	"net/http"
	"time"
)

// Options are what a Server needs besides its file.
type Options struct {
	// Now is the clock behind every timestamp and rate-limit window. Required.
	Now func() time.Time
	// Latency is added to each request, before anything is read or written. It ends early when the request's
	// context does.
	Latency time.Duration
	// LockWait is how long Open waits for another process that holds the file. Zero is one quick try.
	LockWait time.Duration
}

// Server is the emulator. It is an http.Handler; middleware (faults, logs) goes in front of it.
type Server struct {
	now     func() time.Time
	latency time.Duration
	org     int64
	store   store
	index   *index
	rates   *rates
	routes  http.Handler
}

// Open opens the objects kept in the file at path, making the file and its folder if they are missing. An empty
// path keeps everything in memory. If another process holds the file for longer than LockWait, the error wraps
// ErrInUse.
func Open(path string, o Options) (*Server, error) {
	st, err := openStore(path, o.LockWait)
	if err != nil {
		return nil, err
	}
	s := &Server{now: o.Now, latency: o.Latency, org: defaultOrg, store: st, index: newIndex(), rates: newRates()}
	s.routes = s.router()
	if err := s.loadIndex(); err != nil {
		_ = st.close()
		return nil, err
	}
	return s, nil
}

// Close lets go of the file. Requests still running may fail.
func (s *Server) Close() error {
	return s.store.close()
}

// ServeHTTP answers one request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if !s.delay(r) {
		return
	}
	if refused := checkKeys(r); refused != nil {
		refused.write(w)
		return
	}
	s.routes.ServeHTTP(w, r)
}

// delay waits for the latency and reports whether the client is still there.
func (s *Server) delay(r *http.Request) bool {
	if s.latency <= 0 {
		return true
	}
	timer := time.NewTimer(s.latency)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	}
}

// timestamp is the API's notation of a moment: RFC 3339 with microseconds and a numeric zone.
func timestamp(t time.Time) string {
	return t.UTC().Format("2006-01-02T15:04:05.000000") + "+00:00"
}
