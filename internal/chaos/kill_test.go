package chaos_test

import (
	"net/http"
	"os/exec"
	"sync"
	"sync/atomic"
	"testing"

	"ddmon/internal/ddtest"
)

// killer is middleware that kills the client at its n-th request, before or after the request is processed. In both
// cases the client gets no response.
type killer struct {
	next   http.Handler
	at     int64
	after  bool
	seen   atomic.Int64
	active sync.WaitGroup
	kill   func()
}

func (k *killer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	k.active.Add(1)
	defer k.active.Done()
	switch n := k.seen.Add(1); {
	case n != k.at:
		k.next.ServeHTTP(w, r)
	case k.after:
		k.next.ServeHTTP(discard{http.Header{}}, r)
		k.kill()
	default:
		k.kill()
	}
}

// discard is an http.ResponseWriter that discards the response.
type discard struct{ header http.Header }

func (d discard) Header() http.Header         { return d.header }
func (d discard) Write(p []byte) (int, error) { return len(p), nil }
func (d discard) WriteHeader(int)             {}

// TestKilledAtEveryRequest kills the ddmon process at every request of an apply and runs the apply again. The stack
// must converge, without duplicates and without changes to unmanaged objects.
func TestKilledAtEveryRequest(t *testing.T) {
	bin := ddtest.Build(t)
	start := newEnvironment(t)
	for _, after := range []bool{false, true} {
		name := "before the request is processed"
		if after {
			name = "after the request is processed"
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			killed := 0
			for at := int64(1); start.killAt(t, bin, at, after); at += int64(everyNth()) {
				killed++
			}
			t.Logf("killed at %d requests", killed)
		})
	}
}

// killAt kills an apply at a request. It returns false if the apply has fewer requests.
func (w *environment) killAt(t *testing.T, bin string, at int64, after bool) bool {
	t.Helper()
	var cmd *exec.Cmd
	started, ended := make(chan struct{}), make(chan struct{})
	k := &killer{at: at, after: after, kill: func() {
		<-started
		if err := cmd.Process.Kill(); err != nil {
			t.Error(err)
		}
		<-ended
	}}
	trial := w.copy(t, nil, func(next http.Handler) http.Handler {
		k.next = next
		return k
	})
	defer func() { trial.close() }()
	cmd = exec.CommandContext(t.Context(), bin, append([]string{"-C", trial.dir}, applyArgs(1)...)...)
	cmd.Env = trial.environ()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	close(started)
	err := cmd.Wait()
	close(ended)
	k.active.Wait() // requests sent before the kill are still processed
	if k.seen.Load() < at {
		if err != nil {
			t.Fatalf("an apply without a kill failed: %v", err)
		}
		return false
	}
	if code, out := trial.apply(); code != 0 {
		t.Errorf("killed at request %d, then repeated: exit code %d\n%s", at, code, out)
	}
	trial.checkConverged(t)
	return !t.Failed()
}
