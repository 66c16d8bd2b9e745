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

// faultKinds returns the faults to test; see package sandbox. For faults that look the same to a client (500 and 503, a
// broken and an empty body) it contains only one.
func faultKinds() []string {
	return []string{
		"latency=1s", "slow=8s", "status=429", "status=503", "status=502:after", "reset=before", "reset=after",
		"truncate=20", "body=wrong", "body=html:after", "stale=20", "reset=after stale=20",
	}
}

// everyNth returns the step between the requests to test. DDMON_EVERY=1 tests all requests, which takes minutes.
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

// requestsOfApply returns the number of requests of an apply without faults.
func (w *environment) requestsOfApply(t testing.TB) int {
	t.Helper()
	count := parseFaults(t, "")
	trial := w.copy(t, count, nil)
	defer trial.close()
	if code, out := trial.apply(); code != 0 {
		t.Fatalf("exit code %d\n%s", code, out)
	}
	return count.Requests()
}

// TestEveryFaultAtEveryRequest breaks each request of an apply with each fault. If the apply reports an error, the next
// one must succeed. In the end the stack has converged, without duplicates and without changes to unmanaged objects.
func TestEveryFaultAtEveryRequest(t *testing.T) {
	start := newEnvironment(t)
	requests := start.requestsOfApply(t)
	for _, kind := range faultKinds() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			broken, repeated, duplicates := 0, 0, 0
			for at := 1; at <= requests && !t.Failed(); at += everyNth() {
				broken++
				script := fmt.Sprintf("* * %d %s", at, kind)
				trial := start.copy(t, parseFaults(t, script), nil)
				if code, _ := trial.apply(); code == 0 {
					trial.heal(t)
					trial.checkConverged(t)
				} else {
					repeated++
					if strings.Contains(kind, "stale") {
						trial.apply() // while lists are stale
					}
					if trial.converge(t, strings.Contains(kind, "stale")) {
						duplicates++
					}
				}
				if t.Failed() {
					t.Log(script)
				}
				trial.close()
			}
			t.Logf("%d requests broken; %d applies failed and were repeated, %d of those reported duplicates", broken, repeated, duplicates)
		})
	}
}

// TestRandomFaults breaks random requests of one or more applies, and then runs an apply without faults.
// DDMON_SCHEDULES sets the number of random schedules.
func TestRandomFaults(t *testing.T) {
	schedules := 40
	if n, err := strconv.Atoi(os.Getenv("DDMON_SCHEDULES")); err == nil {
		schedules = n
	}
	start := newEnvironment(t)
	requests := start.requestsOfApply(t)
	for worker := range 2 {
		t.Run(fmt.Sprint("half ", worker), func(t *testing.T) {
			t.Parallel()
			duplicates := 0
			for seed := worker; seed < schedules && !t.Failed(); seed += 2 {
				if start.schedule(t, uint64(seed), requests) {
					duplicates++
				}
			}
			t.Logf("%d of them ended with an error about duplicates", duplicates)
		})
	}
}

// schedule runs applies with random faults, then one without faults. It reports whether the last one reported
// duplicates. Stale lists can cause duplicates, and the apply must then stop.
func (w *environment) schedule(t *testing.T, seed uint64, requests int) (duplicates bool) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, 5))
	script := randomScript(random, requests)
	trial := w.copy(t, parseFaults(t, script), nil)
	defer func() { trial.close() }()
	for range 1 + random.IntN(3) {
		trial.ddmon(applyArgs(1 + random.IntN(10))...)
	}
	duplicates = trial.converge(t, strings.Contains(script, "stale"))
	if t.Failed() {
		t.Logf("seed %d:\n%s", seed, script)
	}
	return duplicates
}

// randomScript returns a fault script that breaks a few random requests, some of them consecutive.
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
