package chaos_test

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"

	"ddmon/internal/ddtest"
)

// holder is middleware that blocks the first POST of a monitor until pass is closed.
type holder struct {
	next    http.Handler
	once    sync.Once
	arrived chan struct{}
	pass    chan struct{}
}

func newHolder() *holder {
	return &holder{arrived: make(chan struct{}), pass: make(chan struct{})}
}

func (h *holder) wrap(next http.Handler) http.Handler {
	h.next = next
	return h
}

func (h *holder) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodPost && r.URL.Path == "/api/v1/monitor" {
		h.once.Do(func() {
			close(h.arrived)
			<-h.pass
		})
	}
	h.next.ServeHTTP(w, r)
}

// running is an apply in a separate process.
type running struct {
	*exec.Cmd
	mu          sync.Mutex
	out         bytes.Buffer
	interrupted chan struct{} // closed when the process reports the interrupt
}

func (r *running) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	before := r.out.Len()
	r.out.Write(p)
	const message = "Interrupted:"
	if text := r.out.String(); strings.Contains(text[max(0, before-len(message)):], message) && !strings.Contains(text[:before], message) {
		close(r.interrupted)
	}
	return len(p), nil
}

func (w *environment) startApply(t *testing.T, bin string) *running {
	t.Helper()
	r := &running{interrupted: make(chan struct{})}
	r.Cmd = exec.CommandContext(t.Context(), bin, append([]string{"-C", w.dir}, applyArgs(1)...)...)
	r.Env, r.Stdout, r.Stderr = w.environ(), r, r
	if err := r.Start(); err != nil {
		t.Fatal(err)
	}
	return r
}

func interrupt(t *testing.T, cmd *exec.Cmd) { send(t, cmd, os.Interrupt) }

func send(t *testing.T, cmd *exec.Cmd, signal os.Signal) {
	t.Helper()
	if err := cmd.Process.Signal(signal); err != nil {
		t.Fatal(err)
	}
}

// TestInterruptOnce: requests in flight are finished, and the output lists what was done and what was not.
func TestInterruptOnce(t *testing.T) {
	bin := ddtest.Build(t)
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(signal.String(), func(t *testing.T) { interruptOnce(t, bin, signal) })
	}
}

func interruptOnce(t *testing.T, bin string, signal os.Signal) {
	h := newHolder()
	trial := newEnvironment(t).copy(t, nil, h.wrap)
	defer func() { trial.close() }()
	cmd := trial.startApply(t, bin)
	<-h.arrived
	send(t, cmd.Cmd, signal)
	<-cmd.interrupted
	close(h.pass)
	err := cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("%v", err)
	}
	text := cmd.out.String()
	for _, want := range []string{
		`monitor.m["m30"]: Creation complete`, "Skipped:", "interrupted before it started", "Apply interrupted. Resources: 2 added, 28 changed, 1 destroyed, 0 failed, 34 skipped",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in:\n%s", want, text)
		}
	}
	trial.converge(t, false)
}

// TestInterruptTwice: the second interrupt ends the process without waiting for requests in flight.
func TestInterruptTwice(t *testing.T) {
	bin := ddtest.Build(t)
	h := newHolder()
	trial := newEnvironment(t).copy(t, nil, h.wrap)
	defer func() { trial.close() }()
	cmd := trial.startApply(t, bin)
	<-h.arrived
	interrupt(t, cmd.Cmd)
	<-cmd.interrupted
	interrupt(t, cmd.Cmd)
	err := cmd.Wait()
	close(h.pass)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGINT {
		t.Errorf("%v\n%s", err, cmd.out.String())
	}
	trial.converge(t, false)
}

// TestInterruptWhileWaiting: an interrupt ends a wait for a rate limit.
func TestInterruptWhileWaiting(t *testing.T) {
	bin := ddtest.Build(t)
	trial := newEnvironment(t).copy(t, nil, func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost && r.URL.Path == "/api/v1/monitor" {
				w.Header().Set("X-RateLimit-Reset", "80")
				w.Header().Set("X-RateLimit-Name", "post_monitors")
				w.WriteHeader(http.StatusTooManyRequests)
				return
			}
			next.ServeHTTP(w, r)
		})
	})
	defer func() { trial.close() }()
	cmd := exec.CommandContext(t.Context(), bin, append([]string{"-C", trial.dir}, applyArgs(1)...)...)
	cmd.Env = trial.environ()
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stderr)
	waiting := false
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "Waiting 1m20s for Datadog's rate limit post_monitors") {
			waiting = true
			interrupt(t, cmd)
			break
		}
	}
	rest, _ := io.ReadAll(stderr) // until the process exits
	var exit *exec.ExitError
	if err := cmd.Wait(); !waiting || !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.Contains(string(rest), "interrupted") {
		t.Errorf("reported the wait: %v, %v\n%s", waiting, err, rest)
	}
}
