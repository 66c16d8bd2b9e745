package apply_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"ddmon/internal/apply"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// gate blocks every call in flight until it is opened.
type gate struct {
	*store
	mu   sync.Mutex
	held int
	pass chan struct{}
}

func newGate() *gate {
	g := &gate{store: newStore(), pass: make(chan struct{})}
	g.hold = g.wait
	return g
}

func (g *gate) wait() {
	g.mu.Lock()
	g.held++
	g.mu.Unlock()
	<-g.pass
	g.mu.Lock()
	g.held--
	g.mu.Unlock()
}

func manyMetrics(n int) []*object.Object {
	var out []*object.Object
	for i := range n {
		out = append(out, metric(fmt.Sprintf("m%02d", i), 1))
	}
	return out
}

func TestConcurrency(t *testing.T) {
	for _, parallel := range []int{0, 1, 3} {
		want := parallel
		if parallel == 0 {
			want = 10
		}
		synctest.Test(t, func(t *testing.T) {
			g := newGate()
			p := g.plan(t, manyMetrics(25)...)
			o := apply.Options{Kinds: kind.All(), Parallel: parallel}
			for what, do := range map[string]func(){
				"run":      func() { apply.Run(t.Context(), p, g, o) },
				"validate": func() { apply.ValidateAll(t.Context(), p, g, o) },
			} {
				go do()
				for left := 25; left > 0; left-- {
					synctest.Wait()
					if g.held != min(want, left) {
						t.Errorf("%s: %d calls in flight, %d left, want %d", what, g.held, left, min(want, left))
					}
					g.pass <- struct{}{}
				}
				synctest.Wait()
			}
		})
	}
}

func TestInterruption(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		g := newGate()
		p := g.plan(t, manyMetrics(5)...)
		var r apply.Result
		go func() { r = apply.Run(ctx, p, g, apply.Options{Kinds: kind.All(), Parallel: 2}) }()
		synctest.Wait()
		cancel()
		synctest.Wait()
		if g.held != 2 {
			t.Errorf("%d calls in flight after the interruption", g.held)
		}
		close(g.pass)
		synctest.Wait()
		if !r.Interrupted || r.Added != 2 || r.Skipped != 3 || r.Failed != 0 || len(g.objects) != 2 {
			t.Errorf("%+v", r)
		}
		for _, o := range r.Outcomes[2:] {
			if o.Status != apply.StatusSkipped || !strings.Contains(o.Reason, "interrupted") {
				t.Errorf("%+v", o)
			}
		}
	})
}

// TestInterruptionInEveryStep cancels before each step of a replacement. If the old object was marked, the new one is
// created.
func TestInterruptionInEveryStep(t *testing.T) {
	before := []*object.Object{metric("x", 1), metric("y", 1), metric("c", 1)}
	after := []*object.Object{logs("x"), metric("y", 1), composite("c", "x", "y")}
	for step, want := range map[apply.Step][]string{
		apply.Mark:     nil,
		apply.Create:   {"mark x", "create x"},
		apply.Validate: {"mark x", "create x"},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		s := newStore()
		s.apply(t, 1, before...)
		s.log = nil
		r := apply.Run(ctx, s.plan(t, after...), s, apply.Options{Kinds: kind.All(), Parallel: 1, OnEvent: func(e apply.Event) {
			if e.Step == step && e.Phase == apply.Started {
				cancel()
			}
		}})
		if !slices.Equal(s.log, want) || !r.Interrupted || r.OK() {
			t.Errorf("%s: %q, %v", step, s.log, summary(r))
		}
		if r, log := s.apply(t, 2, after...); !r.OK() {
			t.Errorf("%s: again: %q %v", step, log, summary(r))
		}
		s.checkConverged(t, after...)
	}
}

func TestCancelledBefore(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := newStore()
	r := apply.Run(ctx, s.plan(t, metric("a", 1)), s, apply.Options{Kinds: kind.All()})
	if len(s.log) != 0 || !r.Interrupted || r.Skipped != 1 {
		t.Errorf("%q %+v", s.log, r)
	}
}

func TestEventsAndCounts(t *testing.T) {
	s := newStore()
	s.apply(t, 1, metric("a", 1), metric("b", 1), composite("c", "a", "b"), metric("u", 1), metric("x", 1))
	after := []*object.Object{logs("a"), metric("b", 1), composite("c", "a", "b"), metric("n", 1), metric("u", 2)}
	var got []string
	s.fault = refuse("create n")
	r := apply.Run(t.Context(), s.plan(t, after...), s, apply.Options{Kinds: kind.All(), Parallel: 1, OnEvent: func(e apply.Event) {
		got = append(got, fmt.Sprintf("%d %s %s/%s %s %s %v%s", e.Index, e.Address, e.Action, e.Step, e.Phase, e.ID, e.Err, e.Reason))
	}})
	want := []string{
		"0 monitor.a replace/mark started 100 <nil>",
		"0 monitor.a replace/mark done 100 <nil>",
		"0 monitor.a replace/create started  <nil>",
		"0 monitor.a replace/create done 105 <nil>",
		"2 monitor.c update/validate started 102 <nil>",
		"2 monitor.c update/validate done 102 <nil>",
		"2 monitor.c update/update started 102 <nil>",
		"2 monitor.c update/update done 102 <nil>",
		"0 monitor.a replace/delete started 100 <nil>",
		"0 monitor.a replace/delete done 100 <nil>",
		"3 monitor.n create/create started  <nil>",
		"3 monitor.n create/create failed  refused",
		"4 monitor.u update/update started 103 <nil>",
		"4 monitor.u update/update done 103 <nil>",
		"5 monitor.x delete/delete started 104 <nil>",
		"5 monitor.x delete/delete done 104 <nil>",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if r.Added != 1 || r.Changed != 2 || r.Destroyed != 2 || r.Failed != 1 || r.Skipped != 0 || r.Interrupted {
		t.Errorf("%+v", r)
	}
	if r.Outcomes[0].ID != "105" || r.Outcomes[1].Status != apply.StatusUnchanged {
		t.Errorf("%v", summary(r))
	}
}

func TestValidateAll(t *testing.T) {
	s := newStore()
	s.apply(t, 1, metric("a", 1), metric("b", 1), composite("c", "a", "b"), metric("r", 1), metric("gone", 1))
	s.log = nil
	s.fault = refuse("validate b", "validate new")
	p := s.plan(t, metric("a", 1), metric("b", 2), composite("c", "a", "new"), logs("r"), metric("new", 1), board("d", "a"))
	bad, later := apply.ValidateAll(t.Context(), p, s, apply.Options{Kinds: kind.All()})
	slices.Sort(s.log)
	if !slices.Equal(s.log, []string{"validate b", "validate new", "validate r"}) {
		t.Errorf("validated %q", s.log)
	}
	if fmt.Sprint(bad) != "[{monitor.b refused} {monitor.new refused}]" || fmt.Sprint(later) != "[monitor.c]" {
		t.Errorf("bad %v, later %v", bad, later)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s.log = nil
	if apply.ValidateAll(ctx, p, s, apply.Options{Kinds: kind.All()}); len(s.log) != 0 {
		t.Errorf("validated %q after the interruption", s.log)
	}
}

// TestSentBody checks the body of a request: it has the marker, the fingerprint and ids.
func TestSentBody(t *testing.T) {
	s := newStore()
	s.apply(t, 1, metric("a", 1), composite("c", "a", "a"))
	sent := s.objects["101"]
	tags := fmt.Sprint(sent["tags"])
	if sent["query"] != "100 && 100" || !strings.HasPrefix(tags, "[ddmon_stack:shop ddmon_id:monitor.c ddmon_fp:") {
		t.Errorf("%v", sent)
	}
	if p := s.plan(t, metric("a", 1), composite("c", "a", "a")); !p.Empty() || p.Changes[1].Action != plan.NoOp || p.Changes[1].EditedOutside {
		t.Errorf("%+v", p.Changes)
	}
}
