package cli

import (
	"fmt"
	"io"
	"sync"

	"ddmon/internal/render/safe"
)

// status is a line on a terminal that shows how a long read proceeds. It is rewritten in place, and removed before any
// other output. The zero status shows nothing.
type status struct {
	mu    sync.Mutex
	to    io.Writer // nil while there is nothing to show
	count int
	drawn bool
}

// beginStatus shows the line from now on, if Stderr is a terminal.
func (a *App) beginStatus() {
	if !a.StderrTerminal || a.flags.json || a.env("DDMON_LOG") == "debug" {
		return
	}
	a.status.mu.Lock()
	defer a.status.mu.Unlock()
	a.status.to, a.status.count = a.Stderr, 0
}

// step counts an answered request.
func (s *status) step() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.to == nil {
		return
	}
	s.count++
	s.drawn = true
	_, _ = fmt.Fprintf(s.to, "\r\x1b[KComparing with Datadog... %s", safe.Count(s.count, "request")) // decoration
}

// clear removes the line; the next step shows it again.
func (s *status) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.drawn {
		s.drawn = false
		_, _ = io.WriteString(s.to, "\r\x1b[K")
	}
}

// end removes the line for good.
func (s *status) end() {
	s.clear()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.to = nil
}
