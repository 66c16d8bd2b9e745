package sandbox

import (
	"context"
	"errors"
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
	// Faults break requests and answers by a script; see ParseFaults. Nil breaks nothing.
	Faults *Faults
	// Sleep waits for Latency and the script's waits, or until the context is done; nil waits by the clock.
	Sleep func(context.Context, time.Duration) error
}

// Server is the emulator. It is an http.Handler; middleware goes in front of it.
type Server struct {
	account
	sleep   func(context.Context, time.Duration) error
	latency time.Duration
	rates   *rates
	routes  *http.ServeMux
	handler http.Handler
}

// Open opens the objects kept in the file at path, making the file and its folder if they are missing. An empty
// path keeps everything in memory. If another process holds the file for longer than LockWait, the error wraps
// ErrInUse. A file that is damaged, or is not a sandbox's, is an error and is left unchanged.
func Open(path string, o Options) (*Server, error) {
	st, err := openStore(path, o.LockWait)
	if err != nil {
		return nil, err
	}
	s, err := newServer(st, o)
	if err != nil {
		return nil, openError(path, &damageError{err}) // only what is in the file can be wrong with it now
	}
	return s, nil
}

// Copy returns a server in memory with the objects of one in memory, which from then on goes its own way: what is made
// once can be broken many times. A server with a file is copied by copying that; here it is an error.
func (s *Server) Copy(o Options) (*Server, error) {
	memory, ok := s.store.(*memoryStore)
	if !ok {
		return nil, errors.New("the sandbox keeps its objects in a file: copy that")
	}
	return newServer(memory.copy(), o)
}

func newServer(st store, o Options) (*Server, error) {
	s := &Server{
		account: account{now: o.Now, org: defaultOrg, store: st, index: newIndex()},
		sleep:   o.Sleep, latency: o.Latency, rates: newRates(),
	}
	if s.sleep == nil {
		s.sleep = sleepByClock
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

// Failed is closed once the file cannot be written any more, or a part of it cannot be read: the disk is full, or someone
// else has changed the file. From then on every write is answered by an error, and the server should be stopped. What was
// responseBody with success before is in the file.
func (s *Server) Failed() <-chan struct{} { return s.store.failed() }

// Failure returns why, with the name of the file; nil as long as Failed is not closed.
func (s *Server) Failure() error { return s.store.failure() }

// Close lets go of the file. Requests still running may fail.
func (s *Server) Close() error {
	return s.store.close()
}

// ServeHTTP answers one request. Where a fault script says reset it panics with http.ErrAbortHandler, at which
// net/http closes the connection.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.setDate(w)
	r, rejected := withBody(w, r)
	if rejected != nil {
		rejected.write(w)
		return
	}
	s.handler.ServeHTTP(w, r)
}

// setDate says when an answer was made by the server's own clock, where net/http would use the machine's.
func (s *Server) setDate(w http.ResponseWriter) {
	w.Header().Set("Date", s.now().UTC().Format(http.TimeFormat))
}

// serve answers one request without faults.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if s.latency > 0 && s.sleep(r.Context(), s.latency) != nil {
		return // the client has gone
	}
	if rejected := checkKeys(r); rejected != nil {
		rejected.write(w)
		return
	}
	s.routes.ServeHTTP(w, r)
}
