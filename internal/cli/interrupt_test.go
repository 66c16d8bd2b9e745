package cli_test

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// holder stands before a Datadog and holds the first POST of a monitor until it is told to let go.
type holder struct {
	next    http.Handler
	once    sync.Once
	arrived chan struct{}
	pass    chan struct{}
}

func newHolder() *holder {
	return &holder{arrived: make(chan struct{}), pass: make(chan struct{})}
}

func (h *holder) before(next http.Handler) http.Handler {
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

// startApply starts an apply as a process of its own. Its output is there when it has ended.
func (w *world) startApply(t *testing.T, bin string) (cmd *exec.Cmd, out *bytes.Buffer) {
	t.Helper()
	out = &bytes.Buffer{}
	cmd = exec.CommandContext(t.Context(), bin, append([]string{"-C", w.dir}, applyArgs(1)...)...)
	cmd.Env, cmd.Stdout, cmd.Stderr = w.environ(), out, out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, out
}

func interrupt(t *testing.T, cmd *exec.Cmd) {
	t.Helper()
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
}

// TestInterruptOnce: what is under way is finished, and the run says what was done and what was not.
func TestInterruptOnce(t *testing.T) {
	bin := filepath.Join(builtCommand(t), "ddmon")
	h := newHolder()
	trial := newWorld(t).copy(t, nil, h.before)
	defer func() { trial.close() }()
	cmd, out := trial.startApply(t, bin)
	<-h.arrived
	interrupt(t, cmd)
	close(h.pass)
	err := cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("%v", err)
	}
	text := out.String()
	for _, want := range []string{
		`monitor.m["m30"]: Creation complete`, "Not done:", "interrupted before it was its turn", "Apply interrupted. Resources: 2 added, 28 changed, 1 destroyed, 0 failed, 34 not done",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in:\n%s", want, text)
		}
	}
	trial.settle(t, false)
}

// TestInterruptTwice: the second one ends the process, with what is under way unanswered.
func TestInterruptTwice(t *testing.T) {
	bin := filepath.Join(builtCommand(t), "ddmon")
	h := newHolder()
	trial := newWorld(t).copy(t, nil, h.before)
	defer func() { trial.close() }()
	cmd, out := trial.startApply(t, bin)
	<-h.arrived
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	var err error
	for done := false; !done; { // the process takes note of the first one in its own time
		_ = cmd.Process.Signal(os.Interrupt) // it may have ended by now
		select {
		case err = <-ended:
			done = true
		default:
		}
	}
	close(h.pass)
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGINT {
		t.Errorf("%v\n%s", err, out)
	}
	trial.settle(t, false)
}

// TestInterruptWhileWaiting: a wait for a rate limit is not work under way.
func TestInterruptWhileWaiting(t *testing.T) {
	bin := filepath.Join(builtCommand(t), "ddmon")
	trial := newWorld(t).copy(t, nil, func(next http.Handler) http.Handler {
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
	said := false
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), "Waiting 1m20s for Datadog's rate limit post_monitors") {
			said = true
			interrupt(t, cmd)
			break
		}
	}
	rest, _ := io.ReadAll(stderr) // until the process ends
	var exit *exec.ExitError
	if err := cmd.Wait(); !said || !errors.As(err, &exit) || exit.ExitCode() != 1 || !strings.Contains(string(rest), "interrupted") {
		t.Errorf("told of the wait: %v, %v\n%s", said, err, rest)
	}
}
