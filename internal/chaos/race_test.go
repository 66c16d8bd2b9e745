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

// raceStack creates objects of both kinds, more of them than one run has requests in flight, some of which need the ids
// of others.
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

// raceObjects is how many objects the stack has.
const raceObjects = 17

// starts stands before a Datadog and lets each run but the first begin once the first has had a number of answers.
type starts struct {
	next http.Handler
	// after is how many answers of the first run the n-th other run waits for.
	after []int
	mu    sync.Mutex
	seen  int
	more  *sync.Cond
	ended bool // the first run has
	// deleted is how many objects were deleted.
	deleted int
}

func newStarts(after ...int) *starts {
	s := &starts{after: after}
	s.more = sync.NewCond(&s.mu)
	return s
}

func (s *starts) before(next http.Handler) http.Handler {
	s.next = next
	return s
}

func (s *starts) ServeHTTP(w http.ResponseWriter, r *http.Request) {
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

func (s *starts) end() {
	s.mu.Lock()
	s.ended = true
	s.more.Broadcast()
	s.mu.Unlock()
}

// race is a Datadog with nothing but foreign objects, and a stack that several runs are about to create.
func race(t *testing.T, o sandbox.Options, front func(http.Handler) http.Handler) *world {
	t.Helper()
	box, err := sandbox.Open("", sandbox.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	w := &world{dir: t.TempDir(), box: box}
	if err := os.WriteFile(filepath.Join(w.dir, "stack.hcl"), []byte(raceStack), 0o600); err != nil {
		t.Fatal(err)
	}
	w.addForeign(t)
	if w.box, err = box.Copy(o); err != nil {
		t.Fatal(err)
	}
	w.serve(front(w.box))
	return w
}

// applyAtOnce runs several applies of the stack as processes, and returns their exit codes and outputs.
func (w *world) applyAtOnce(t *testing.T, bin string, s *starts, runs int) (codes []int, outputs []string) {
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

// checkRaced wants exactly the stack's objects, each once, and everything foreign as it was.
func (w *world) checkRaced(t *testing.T, outputs []string) {
	t.Helper()
	counts := w.owned(t)
	if twice := doubled(counts); len(counts) != raceObjects || len(twice) > 0 {
		t.Errorf("%d addresses are live, want %d; several objects: %v\n%s", len(counts), raceObjects, twice, strings.Join(outputs, "\n---\n"))
	}
	w.checkForeign(t)
	if code, out := w.ddmon("plan", "--detailed-exitcode"); code != 0 {
		t.Errorf("not converged, exit code %d\n%s", code, out)
	}
}

// TestAppliesAtOnce starts two and three applies of one stack at once, as processes, some requests apart and with
// latency: of each object one is left, and nothing foreign is touched. DDMON_ROUNDS says how many rounds to run at each
// latency.
func TestAppliesAtOnce(t *testing.T) {
	bin := ddtest.Build(t)
	rounds := rounds(t)
	for _, latency := range []time.Duration{0, 50 * time.Millisecond, 100 * time.Millisecond} {
		healed := 0
		for round := range rounds {
			after := []int{round * 7 % 60}
			if round%3 == 2 {
				after = append(after, round*5%60)
			}
			t.Run(fmt.Sprintf("%s/%v", latency, after), func(t *testing.T) {
				s := newStarts(after...)
				w := race(t, sandbox.Options{Now: time.Now, Latency: latency}, s.before)
				defer func() { w.close() }()
				codes, outputs := w.applyAtOnce(t, bin, s, len(after)+1)
				for i, code := range codes {
					if code != 0 && code != 1 {
						t.Errorf("run %d exits %d", i, code)
					}
				}
				w.checkRaced(t, outputs)
				if s.deleted > 0 {
					healed++
				}
			})
		}
		t.Logf("%d rounds at %s: no duplicate is left; in %d of them a run deleted what it had created", rounds, latency, healed)
	}
}

// rounds is how many times to race at each latency.
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

// TestAppliesAtOnceUnderLateLists: where lists show a new object late, both may stay. The next run names them and exits
// with 1, and deletes nothing.
func TestAppliesAtOnceUnderLateLists(t *testing.T) {
	bin := ddtest.Build(t)
	faults, err := sandbox.ParseFaults([]byte("POST /api/v1/dashboard always stale=200\nPOST /api/v1/monitor always stale=200\n"))
	if err != nil {
		t.Fatal(err)
	}
	s := newStarts(0)
	w := race(t, sandbox.Options{Now: time.Now, Faults: faults}, s.before)
	defer func() { w.close() }()
	w.applyAtOnce(t, bin, s, 2)
	w.heal(t)
	before := w.owned(t)
	if len(doubled(before)) == 0 {
		t.Fatal("the lists were not late enough for duplicates")
	}
	code, out := w.ddmon("apply", "--auto-approve")
	if code != 1 || !strings.Contains(out, "Several objects have this address") {
		t.Errorf("exit code %d\n%s", code, out)
	}
	for address, n := range before {
		if n > 1 && w.owned(t)[address] != n {
			t.Errorf("%s: %d objects, there were %d", address, w.owned(t)[address], n)
		}
	}
	w.checkForeign(t)
}

// TestCloneOfAPersonStays: what a person cloned is neither deleted by a run nor taken for another run's.
func TestCloneOfAPersonStays(t *testing.T) {
	bin := ddtest.Build(t)
	s := newStarts(0, 0)
	w := race(t, sandbox.Options{Now: time.Now}, s.before)
	defer func() { w.close() }()
	if codes, outputs := w.applyAtOnce(t, bin, s, 1); codes[0] != 0 {
		t.Fatal(outputs)
	}
	clone := `{"title":"my copy","layout_type":"ordered","widgets":[],"description":"` +
		object.Marker{Stack: "chaos", Slug: "dashboard.d:d01"}.Line() + `"}`
	made := w.ask(t, http.MethodPost, "/api/v1/dashboard", clone)
	codes, outputs := w.applyAtOnce(t, bin, s, 3)
	for i, code := range codes {
		if code != 1 || !strings.Contains(outputs[i], "Several objects have this address") {
			t.Errorf("exit code %d\n%s", code, outputs[i])
		}
	}
	w.others = append(w.others, made)
	w.checkForeign(t)
	if n := w.owned(t)["dashboard.d:d01"]; n != 2 {
		t.Errorf("%d objects", n)
	}
}
