package apply_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"ddmon/internal/object"
)

var errCrash = errors.New("crash")

// crashAt fails every call from the n-th on. If lost, the n-th call succeeds, but its response is lost.
func crashAt(n int, lost bool) func(int, string) (bool, error) {
	return func(call int, _ string) (bool, error) {
		if call < n {
			return true, nil
		}
		return lost && call == n, errCrash
	}
}

// TestCrashAtEveryCall interrupts every transition at every call, with and without losing the response. The next run
// must finish it without duplicates.
func TestCrashAtEveryCall(t *testing.T) {
	type objects = []*object.Object
	base := objects{metric("a", 1), metric("b", 1), composite("c", "a", "b"), board("d", "a")}
	for name, tt := range map[string]struct{ before, after objects }{
		"create":                {nil, base},
		"destroy":               {base, nil},
		"replace":               {base, objects{logs("a"), metric("b", 1), composite("c", "a", "b"), board("d", "a")}},
		"replace both":          {base, objects{logs("a"), logs("b"), composite("c", "a", "b"), board("d", "b")}},
		"composite to metric":   {base, objects{metric("a", 1), metric("c", 2), board("d", "c")}},
		"metric to composite":   {base, objects{composite("a", "b", "x"), metric("b", 1), metric("x", 1), board("d", "a")}},
		"swap of what they are": {base, objects{composite("a", "b", "c"), logs("b"), metric("c", 1)}},
	} {
		t.Run(name, func(t *testing.T) {
			for n := 1; ; n++ {
				for _, lost := range []bool{false, true} {
					s := newStore()
					s.apply(t, 1, tt.before...)
					s.fault = crashAt(n, lost)
					r, log := s.apply(t, 1, tt.after...)
					if len(log) < n {
						if !r.OK() {
							t.Errorf("without crash: %+v", r)
						}
						return
					}
					if r.OK() {
						t.Errorf("crash at %d: the result does not report it", n)
					}
					s.fault = nil
					if r, log := s.apply(t, 1, tt.after...); !r.OK() {
						t.Errorf("crash at %d, lost %v: rerun %q: %+v", n, lost, log, r)
					}
					s.checkConverged(t, tt.after...)
				}
			}
		})
	}
}

// TestRandomPlans changes random stacks to other random stacks, with and without random failures. The store rejects
// requests in the wrong order.
func TestRandomPlans(t *testing.T) {
	for seed := range uint64(25) {
		random := rand.New(rand.NewPCG(seed, 1))
		s := newStore()
		for round := range 3 {
			desired := randomStack(random)
			if r, log := s.apply(t, 1+random.IntN(8), desired...); !r.OK() {
				t.Fatalf("seed %d, round %d: %q: %+v", seed, round, log, r)
			}
			s.checkConverged(t, desired...)
		}
		desired := randomStack(random)
		chance := rand.New(rand.NewPCG(seed, 2))
		s.fault = func(int, string) (bool, error) {
			if chance.IntN(4) == 0 {
				return chance.IntN(2) == 0, errCrash
			}
			return true, nil
		}
		for range 8 {
			s.apply(t, 1+random.IntN(8), desired...)
		}
		s.fault = nil
		if r, log := s.apply(t, 4, desired...); !r.OK() {
			t.Fatalf("seed %d: %q: %+v", seed, log, r)
		}
		s.checkConverged(t, desired...)
	}
}

// randomStack makes monitors of any type at a few addresses. Composites refer to earlier monitors in a random order, so
// the references differ between stacks.
func randomStack(random *rand.Rand) []*object.Object {
	var out []*object.Object
	var names []string
	for _, i := range random.Perm(8) {
		name := fmt.Sprintf("m%d", i)
		switch kind := random.IntN(5); {
		case kind == 0:
			continue
		case kind == 1:
			out = append(out, logs(name))
		case kind > 2 && len(names) > 1:
			out = append(out, composite(name, names[random.IntN(len(names))], names[random.IntN(len(names))]))
		default:
			out = append(out, metric(name, random.IntN(3)))
		}
		names = append(names, name)
	}
	for i := range random.IntN(3) {
		if len(names) > 0 {
			out = append(out, board(fmt.Sprintf("d%d", i), names[random.IntN(len(names))]))
		}
	}
	return out
}
