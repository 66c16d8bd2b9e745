package sandbox

import (
	"context"
	"errors"
	"net/http"
	"time"
)

// Options configures a Server.
type Options struct {
	// Now is the clock behind every timestamp and rate-limit window. Required.
	Now func() time.Time
	// Latency delays each request before it is processed. The delay ends early if the context of the request ends.
	Latency time.Duration
	// LockWait is how long Open waits for another process that uses the file. With 0, Open tries once.
	LockWait time.Duration
	// Faults breaks requests and responses according to a script; see ParseFaults. Nil breaks nothing.
	Faults *Faults
	// Telemetry has the metrics, logs and events that queries read, up to Now. Nil has none.
	Telemetry Telemetry
	// Sleep replaces the waits for Latency and for faults. It returns early if the context is done. Nil uses real time.
	Sleep func(context.Context, time.Duration) error
}

// Server is the emulator. It is an http.Handler.
type Server struct {
	account
	sleep   func(context.Context, time.Duration) error
	latency time.Duration
	rates   *rates
	routes  *http.ServeMux
	handler http.Handler
}

// Open opens a sandbox that stores its objects in the file at path, and creates the file and its folder if they do not
// exist. With an empty path, objects are kept in memory. If another process uses the file for longer than LockWait, the
// error wraps ErrInUse. If the file is damaged or not a sandbox file, Open returns an error and does not change it.
func Open(path string, o Options) (*Server, error) {
	st, err := openStore(path, o.LockWait)
	if err != nil {
		return nil, err
	}
	s, err := newServer(st, o)
	if err != nil {
		return nil, openError(path, &damageError{err}) // only the content of the file can be invalid here
	}
	return s, nil
}

// Copy returns an independent copy of an in-memory server, so that tests can set up a state once and break it many
// times. Copy returns an error for a server with a file: copy the file instead.
func (s *Server) Copy(o Options) (*Server, error) {
	memory, ok := s.store.(*memoryStore)
	if !ok {
		return nil, errors.New("cannot copy a sandbox that is stored in a file: copy the file instead")
	}
	return newServer(memory.copy(), o)
}

func newServer(st store, o Options) (*Server, error) {
	s := &Server{
		account: account{now: o.Now, telemetry: o.Telemetry, org: defaultOrg, store: st, index: newIndex()},
		sleep:   o.Sleep, latency: o.Latency, rates: newRates(),
	}
	if s.sleep == nil {
		s.sleep = sleepByClock
	}
	if s.telemetry == nil {
		s.telemetry = noTelemetry{}
	}
	s.routes = s.router()
	s.handler = http.HandlerFunc(s.serve)
	if err := s.loadIndex(); err != nil {
		_ = st.close()
		return nil, err
	}
	if o.Faults != nil {
		s.lag = newLag(s.index)
		s.handler = &faultHandler{faults: o.Faults, next: s.handler, now: s.now, sleep: s.sleep, budget: s.budget}
	}
	return s, nil
}

// Failed returns a channel that is closed when the file can no longer be written or read, for example because the disk
// is full or another program changed the file. From then on all writes fail, and the server should be stopped. All
// writes that succeeded before are in the file.
func (s *Server) Failed() <-chan struct{} { return s.store.failed() }

// Failure returns why the file failed, including its path. It returns nil while Failed is open.
func (s *Server) Failure() error { return s.store.failure() }

// Close closes the file. Requests in flight can fail.
func (s *Server) Close() error {
	return s.store.close()
}

// ServeHTTP responds to one request. For a reset= fault it panics with http.ErrAbortHandler, which makes net/http close
// the connection.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.setDate(w)
	r, rejected := withBody(w, r)
	if rejected != nil {
		rejected.write(w)
		return
	}
	s.handler.ServeHTTP(w, r)
}

// setDate sets the Date header from the server's clock. net/http would use the clock of the machine.
func (s *Server) setDate(w http.ResponseWriter) {
	w.Header().Set("Date", s.now().UTC().Format(http.TimeFormat))
}

// serve responds to one request without faults.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if s.latency > 0 && s.sleep(r.Context(), s.latency) != nil {
		return // the client has disconnected
	}
	if rejected := checkKeys(r); rejected != nil {
		rejected.write(w)
		return
	}
	s.routes.ServeHTTP(w, r)
}
