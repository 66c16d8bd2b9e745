package chaos_test

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"ddmon/internal/ddtest"
	"ddmon/internal/object"
	"ddmon/internal/sandbox"
)

// raceStack creates monitors and dashboards, more than the number of concurrent requests of one run. Some of them need
// the ids of others.
const raceStack = `
stack "chaos" {}
monitor "m" {
  for_each = toset(["a", "b", "c"])
  name     = "depth ${each.key}"
  type     = "query alert"
  query    = "min(last_5m):sum:x{queue:${each.key}} > 50"
  message  = "@slack-shop"
}
monitor "both" {
  name    = "both"
  type    = "composite"
  query   = "${monitor.m["a"].id} && ${monitor.m["b"].id}"
  message = "@slack-shop"
}
dashboard "d" {
  for_each    = toset([for i in range(12) : format("d%02d", i)])
  title       = "board ${each.key}"
  layout_type = "ordered"
  widget "note" { content = "x" }
}
dashboard "alert" {
  title       = "alert"
  layout_type = "ordered"
  widget "alert_graph" {
    alert_id = monitor.both.id
    viz_type = "timeseries"
  }
}
`

// raceObjects is the number of objects in the stack.
const raceObjects = 17

// staggeredStart is middleware that delays each run except the first until the first run has a number of responses.
type staggeredStart struct {
	next http.Handler
	// after is the number of responses to the first run for which each other run waits.
	after []int
	mu    sync.Mutex
	seen  int
	more  *sync.Cond
	ended bool // whether the first run has ended
	// deleted is the number of deleted objects.
	deleted int
}

func newStaggeredStart(after ...int) *staggeredStart {
	s := &staggeredStart{after: after}
	s.more = sync.NewCond(&s.mu)
	return s
}

func (s *staggeredStart) wrap(next http.Handler) http.Handler {
	s.next = next
	return s
}

func (s *staggeredStart) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	run, _ := strconv.Atoi(strings.TrimPrefix(r.Header.Get("DD-API-KEY"), "run"))
	if run > 0 {
		s.mu.Lock()
		for s.seen < s.after[run-1] && !s.ended {
			s.more.Wait()
		}
		s.mu.Unlock()
	}
	s.next.ServeHTTP(w, r)
	s.mu.Lock()
	defer s.mu.Unlock()
	if r.Method == http.MethodDelete {
		s.deleted++
	}
	if run == 0 {
		s.seen++
		s.more.Broadcast()
	}
}

func (s *staggeredStart) end() {
	s.mu.Lock()
	s.ended = true
	s.more.Broadcast()
	s.mu.Unlock()
}

// newRace returns an environment with only unmanaged objects and a stack that several runs create.
func newRace(t *testing.T, o sandbox.Options, middleware func(http.Handler) http.Handler) *environment {
	t.Helper()
	box, err := sandbox.Open("", sandbox.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	w := &environment{dir: t.TempDir(), box: box}
	if err := os.WriteFile(filepath.Join(w.dir, "stack.hcl"), []byte(raceStack), 0o600); err != nil {
		t.Fatal(err)
	}
	w.addUnmanaged(t)
	if w.box, err = box.Copy(o); err != nil {
		t.Fatal(err)
	}
	w.serve(middleware(w.box))
	return w
}

// applyConcurrently runs several applies of the stack as concurrent processes, and returns their exit codes and
// outputs.
func (w *environment) applyConcurrently(t *testing.T, bin string, s *staggeredStart, runs int) (codes []int, outputs []string) {
	t.Helper()
	codes, outputs = make([]int, runs), make([]string, runs)
	var group sync.WaitGroup
	for i := range runs {
		group.Go(func() {
			cmd := exec.CommandContext(t.Context(), bin, "-C", w.dir, "apply", "--auto-approve")
			var out bytes.Buffer
			cmd.Stdout, cmd.Stderr = &out, &out
			cmd.Env = []string{"DD_HOST=" + w.server.URL, fmt.Sprintf("DD_API_KEY=run%d", i), "DD_APP_KEY=k"}
			err := cmd.Run()
			if i == 0 {
				s.end()
			}
			var exit *exec.ExitError
			if errors.As(err, &exit) {
				codes[i] = exit.ExitCode()
			} else if err != nil {
				codes[i] = -1
			}
			outputs[i] = out.String()
		})
	}
	group.Wait()
	return codes, outputs
}

// checkRace checks that the stack has exactly its objects, and that unmanaged objects have not changed.
func (w *environment) checkRace(t *testing.T, outputs []string) {
	t.Helper()
	counts := w.owned(t)
	if duplicates := duplicateAddresses(counts); len(counts) != raceObjects || len(duplicates) > 0 {
		t.Errorf("%d addresses are live, want %d; duplicates: %v\n%s", len(counts), raceObjects, duplicates, strings.Join(outputs, "\n---\n"))
	}
	w.checkUnmanaged(t)
	if code, out := w.ddmon("plan", "--detailed-exitcode"); code != 0 {
		t.Errorf("not converged, exit code %d\n%s", code, out)
	}
}

// TestAppliesAtOnce runs two or three applies of one stack as concurrent processes, with staggered starts and latency.
// Each object must remain exactly once, and unmanaged objects must not change. DDMON_ROUNDS sets the number of rounds
// for each latency.
func TestAppliesAtOnce(t *testing.T) {
	bin := ddtest.Build(t)
	rounds := rounds(t)
	for _, latency := range []time.Duration{0, 50 * time.Millisecond, 100 * time.Millisecond} {
		cleanedUp := 0
		for round := range rounds {
			after := []int{round * 7 % 60}
			if round%3 == 2 {
				after = append(after, round*5%60)
			}
			t.Run(fmt.Sprintf("%s/%v", latency, after), func(t *testing.T) {
				s := newStaggeredStart(after...)
				w := newRace(t, sandbox.Options{Now: time.Now, Latency: latency}, s.wrap)
				defer func() { w.close() }()
				codes, outputs := w.applyConcurrently(t, bin, s, len(after)+1)
				for i, code := range codes {
					if code != 0 && code != 1 {
						t.Errorf("run %d exits %d", i, code)
					}
				}
				w.checkRace(t, outputs)
				if s.deleted > 0 {
					cleanedUp++
				}
			})
		}
		t.Logf("%d rounds at %s: no duplicates remain; in %d of them a run deleted an object that it had created", rounds, latency, cleanedUp)
	}
}

// rounds returns the number of rounds for each latency.
func rounds(t *testing.T) int {
	t.Helper()
	text := os.Getenv("DDMON_ROUNDS")
	if text == "" {
		return 2
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestAppliesAtOnceUnderLateLists: if lists are stale, duplicates can remain. The next run must report them, exit with
// 1, and delete nothing.
func TestAppliesAtOnceUnderLateLists(t *testing.T) {
	bin := ddtest.Build(t)
	faults, err := sandbox.ParseFaults([]byte("POST /api/v1/dashboard always stale=200\nPOST /api/v1/monitor always stale=200\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := newStaggeredStart(0)
	w := newRace(t, sandbox.Options{Now: time.Now, Faults: faults}, s.wrap)
	defer func() { w.close() }()
	w.applyConcurrently(t, bin, s, 2)
	w.heal(t)
	before := w.owned(t)
	if len(duplicateAddresses(before)) == 0 {
		t.Fatal("the stale lists caused no duplicates")
	}
	code, out := w.ddmon("apply", "--auto-approve")
	if code != 1 || !strings.Contains(out, "Several objects have this address") {
		t.Errorf("exit code %d\n%s", code, out)
	}
	for address, n := range before {
		if n > 1 && w.owned(t)[address] != n {
			t.Errorf("%s: %d objects, want %d", address, w.owned(t)[address], n)
		}
	}
	w.checkUnmanaged(t)
}

// TestUserCloneIsKept: a run neither deletes an object that a user cloned nor mistakes it for an object of another run.
func TestUserCloneIsKept(t *testing.T) {
	bin := ddtest.Build(t)
	s := newStaggeredStart(0, 0)
	w := newRace(t, sandbox.Options{Now: time.Now}, s.wrap)
	defer func() { w.close() }()
	if codes, outputs := w.applyConcurrently(t, bin, s, 1); codes[0] != 0 {
		t.Fatal(outputs)
	}
	clone := `{"title":"my copy","layout_type":"ordered","widgets":[],"description":"` +
		object.Marker{Stack: "chaos", Slug: "dashboard.d:d01"}.Line() + `"}`
	made := w.request(t, http.MethodPost, "/api/v1/dashboard", clone)
	codes, outputs := w.applyConcurrently(t, bin, s, 3)
	for i, code := range codes {
		if code != 1 || !strings.Contains(outputs[i], "Several objects have this address") {
			t.Errorf("exit code %d\n%s", code, outputs[i])
		}
	}
	w.unmanaged = append(w.unmanaged, made)
	w.checkUnmanaged(t)
	if n := w.owned(t)["dashboard.d:d01"]; n != 2 {
		t.Errorf("%d objects", n)
	}
}
