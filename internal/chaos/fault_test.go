package chaos_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"

	"ddmon/internal/sandbox"
)

// faultKinds are the ways in which a request can go wrong; see package sandbox. Of those that a client cannot tell apart
// (500 and 503, a body that is broken and one that is empty) one stands for all.
func faultKinds() []string {
	return []string{
		"latency=1s", "slow=8s", "status=429", "status=503", "status=502:after", "reset=before", "reset=after",
		"truncate=20", "body=wrong", "body=html:after", "stale=20", "reset=after stale=20",
	}
}

// everyNth is the step from one broken request to the next: DDMON_EVERY=1 tries them all, which takes minutes, others
// only some.
func everyNth() int {
	if n, err := strconv.Atoi(os.Getenv("DDMON_EVERY")); err == nil && n > 0 {
		return n
	}
	if testing.Short() {
		return 20
	}
	return 8
}

func parseFaults(t testing.TB, script string) *sandbox.Faults {
	t.Helper()
	faults, err := sandbox.ParseFaults([]byte(script))
	if err != nil {
		t.Fatal(err)
	}
	return faults
}

// requestsOfApply is how many requests an apply makes to which nothing happens.
func (w *world) requestsOfApply(t testing.TB) int {
	t.Helper()
	count := parseFaults(t, "")
	trial := w.copy(t, count, nil)
	defer trial.close()
	if code, out := trial.apply(); code != 0 {
		t.Fatalf("exit code %d\n%s", code, out)
	}
	return count.Requests()
}

// TestEveryFaultAtEveryRequest breaks each request of an apply in each way. The apply comes through, or says that it
// did not, and then the next one does: it converges, nothing is there twice, nothing foreign was touched.
func TestEveryFaultAtEveryRequest(t *testing.T) {
	start := newWorld(t)
	requests := start.requestsOfApply(t)
	for _, kind := range faultKinds() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			broken, again, twins := 0, 0, 0
			for at := 1; at <= requests && !t.Failed(); at += everyNth() {
				broken++
				script := fmt.Sprintf("* * %d %s", at, kind)
				trial := start.copy(t, parseFaults(t, script), nil)
				if code, _ := trial.apply(); code == 0 {
					trial.heal(t)
					trial.checkConverged(t)
				} else {
					again++
					if strings.Contains(kind, "stale") {
						trial.apply() // while lists are late still
					}
					if trial.settle(t, strings.Contains(kind, "stale")) {
						twins++
					}
				}
				if t.Failed() {
					t.Log(script)
				}
				trial.close()
			}
			t.Logf("%d requests broken; %d applies said so and were run again, %d of which named twins", broken, again, twins)
		})
	}
}

// TestRandomFaults breaks several requests of an apply at random, and of the applies after it, until one comes
// through undisturbed. DDMON_SCHEDULES is how many such schedules are tried.
func TestRandomFaults(t *testing.T) {
	schedules := 40
	if n, err := strconv.Atoi(os.Getenv("DDMON_SCHEDULES")); err == nil {
		schedules = n
	}
	start := newWorld(t)
	requests := start.requestsOfApply(t)
	for worker := range 2 {
		t.Run(fmt.Sprint("half ", worker), func(t *testing.T) {
			t.Parallel()
			twins := 0
			for seed := worker; seed < schedules && !t.Failed(); seed += 2 {
				if start.schedule(t, uint64(seed), requests) {
					twins++
				}
			}
			t.Logf("%d of them ended with an error that names a twin", twins)
		})
	}
}

// schedule runs applies under random faults, then one without. It reports whether that named twins, which under late
// lists may have been made; then it is right to stop.
func (w *world) schedule(t *testing.T, seed uint64, requests int) (twins bool) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 5))
	script := randomScript(random, requests)
	trial := w.copy(t, parseFaults(t, script), nil)
	defer func() { trial.close() }()
	for range 1 + random.IntN(3) {
		trial.ddmon(applyArgs(1 + random.IntN(10))...)
	}
	twins = trial.settle(t, strings.Contains(script, "stale"))
	if t.Failed() {
		t.Logf("seed %d:\n%s", seed, script)
	}
	return twins
}

// randomScript breaks a few requests here and there, some in a row.
func randomScript(random *rand.Rand, requests int) string {
	var b strings.Builder
	for range 1 + random.IntN(6) {
		kind := faultKinds()[random.IntN(len(faultKinds()))]
		from := 1 + random.IntN(requests)
		when := strconv.Itoa(from)
		switch random.IntN(4) {
		case 0:
			when += "-" + strconv.Itoa(from+random.IntN(8))
		case 1:
			when = "every=" + strconv.Itoa(2+random.IntN(40))
		}
		method := []string{"*", "*", "GET", "POST", "PUT", "DELETE"}[random.IntN(6)]
		if strings.Contains(kind, "stale") && method == "GET" {
			method = "*"
		}
		fmt.Fprintf(&b, "%s * %s %s\n", method, when, kind)
	}
	return b.String()
}
