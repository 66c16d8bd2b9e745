package apply_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"ddmon/internal/apply"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// edit changes a stored object by name, like a user in Datadog.
func (s *store) edit(t *testing.T, what string, change func(map[string]any)) {
	t.Helper()
	for id, o := range s.objects {
		if o["name"] == what || o["title"] == what {
			edited := map[string]any{}
			for k, v := range o {
				edited[k] = v
			}
			change(edited)
			s.objects[id] = edited
			return
		}
	}
	t.Fatalf("there is no %s", what)
}

// TestStopsAtConflict changes the first object between plan and apply.
func TestStopsAtConflict(t *testing.T) {
	type objects = []*object.Object
	message := func(o map[string]any) { o["message"] = "edited" }
	for name, tt := range map[string]struct {
		before, after objects
		meanwhile     func(*testing.T, *store)
		want          []string
		calls         []string // the writes before the conflict
	}{
		"an update": {
			objects{metric("a", 1), metric("b", 1)}, objects{metric("a", 2), metric("b", 2)},
			func(t *testing.T, s *store) { s.edit(t, "a", message) },
			[]string{
				"monitor.a failed []: monitor.a (monitor 100) was changed after the plan was made: message",
				"monitor.b skipped []: stopped because the plan is out of date for monitor.a",
			}, nil,
		},
		"what is to be deleted": {
			objects{metric("a", 1), metric("b", 1)}, nil,
			func(t *testing.T, s *store) { s.edit(t, "a", message) },
			[]string{
				"monitor.a failed []: monitor.a (monitor 100) was changed after the plan was made: message",
				"monitor.b skipped []: stopped because the plan is out of date for monitor.a",
			}, nil,
		},
		"what is to be replaced": {
			objects{metric("a", 1), metric("b", 1)}, objects{logs("a"), metric("b", 2)},
			func(t *testing.T, s *store) { s.edit(t, "a", message) },
			[]string{
				"monitor.a failed []: monitor.a (monitor 100) was changed after the plan was made: message",
				"monitor.b skipped []: stopped because the plan is out of date for monitor.a",
			}, nil,
		},
		"an address that was free": {
			nil, objects{metric("a", 1), metric("b", 1)},
			func(t *testing.T, s *store) { s.apply(t, 1, metric("a", 7)); s.log = nil },
			[]string{
				"monitor.a failed []: monitor.a cannot be created because monitor 100 now has its address",
				"monitor.b skipped []: stopped because the plan is out of date for monitor.a",
			}, nil,
		},
		"gone before its update": {
			objects{metric("a", 1), metric("b", 1)}, objects{metric("a", 2), metric("b", 2)},
			func(_ *testing.T, s *store) { delete(s.objects, "100") },
			[]string{
				"monitor.a failed []: monitor.a (monitor 100) was deleted in Datadog after the plan was made",
				"monitor.b skipped []: stopped because the plan is out of date for monitor.a",
			}, nil,
		},
		"gone before its deletion, as it should be": {
			objects{metric("a", 1), metric("b", 1)}, nil,
			func(_ *testing.T, s *store) { delete(s.objects, "100") },
			[]string{"monitor.a done [delete]", "monitor.b done [delete]"}, []string{"delete b"},
		},
		"protected before its deletion": {
			objects{metric("a", 1), metric("b", 1)}, nil,
			func(t *testing.T, s *store) {
				s.edit(t, "a", func(o map[string]any) { o["tags"] = append(slices.Clone(o["tags"].([]any)), object.TagProtected) })
			},
			[]string{
				"monitor.a failed []: monitor.a (monitor 100) was protected by prevent_destroy after the plan was made",
				"monitor.b skipped []: stopped because the plan is out of date for monitor.a",
			}, nil,
		},
		"protected before its replacement": {
			objects{metric("a", 1)}, objects{logs("a")},
			func(t *testing.T, s *store) {
				s.edit(t, "a", func(o map[string]any) { o["tags"] = append(slices.Clone(o["tags"].([]any)), object.TagProtected) })
			},
			[]string{"monitor.a failed []: monitor.a (monitor 100) was protected by prevent_destroy after the plan was made"}, nil,
		},
		"protected before its update": {
			objects{metric("a", 1)}, objects{metric("a", 2)},
			func(t *testing.T, s *store) {
				s.edit(t, "a", func(o map[string]any) { o["tags"] = append(slices.Clone(o["tags"].([]any)), object.TagProtected) })
			},
			[]string{"monitor.a failed []: monitor.a (monitor 100) was protected by prevent_destroy after the plan was made"}, nil,
		},
		"what the server sets": {
			objects{metric("a", 1)}, objects{metric("a", 2)},
			func(t *testing.T, s *store) { s.edit(t, "a", func(o map[string]any) { o["overall_state"] = "Alert" }) },
			[]string{"monitor.a done [update]"}, []string{"update a"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore()
			s.apply(t, 1, tt.before...)
			p := s.plan(t, tt.after...)
			tt.meanwhile(t, s)
			s.log = nil
			r := apply.Run(t.Context(), p, s, apply.Options{Kinds: kind.All(), Parallel: 1})
			if got := summary(r); !slices.Equal(got, tt.want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
			if !slices.Equal(s.log, tt.calls) {
				t.Errorf("calls %q, want %q", s.log, tt.calls)
			}
			if r.Stale == r.OK() {
				t.Errorf("stale %v, %v", r.Stale, summary(r))
			}
		})
	}
}

// TestStopsBeforeTheDeleteOfAReplacement: the old object is edited after it is marked and before it is deleted.
func TestStopsBeforeTheDeleteOfAReplacement(t *testing.T) {
	s := newStore()
	s.apply(t, 1, metric("a", 1))
	p := s.plan(t, logs("a"))
	r := apply.Run(t.Context(), p, s, apply.Options{Kinds: kind.All(), Parallel: 1, OnEvent: func(e apply.Event) {
		if e.Step == apply.Create && e.Phase == apply.Done {
			s.objects["100"]["message"] = "edited"
		}
	}})
	if got := summary(r); len(s.objects) != 2 || !strings.Contains(got[0], "failed [mark create]: monitor.a (monitor 100) was changed after the plan was made: message") {
		t.Errorf("%q", got)
	}
}

// TestLostResponses loses the response of the first attempt of every kind of write, after it succeeded and before.
func TestLostResponses(t *testing.T) {
	for name, tt := range map[string]struct {
		before, after []*object.Object
		call          string
		calls         map[bool]int // the number of attempts, by whether the first one succeeded
	}{
		"create":             {nil, []*object.Object{metric("a", 1)}, "create a", map[bool]int{true: 1, false: 2}},
		"create a dashboard": {nil, []*object.Object{metric("a", 1), board("d", "a")}, "create d", map[bool]int{true: 1, false: 2}},
		"update":             {[]*object.Object{metric("a", 1)}, []*object.Object{metric("a", 2)}, "update a", map[bool]int{true: 1, false: 2}},
		"mark":               {[]*object.Object{metric("a", 1)}, []*object.Object{logs("a")}, "mark a", map[bool]int{true: 1, false: 2}},
		"delete":             {[]*object.Object{metric("a", 1)}, nil, "delete a", map[bool]int{true: 1, false: 2}},
	} {
		for carriedOut, want := range tt.calls {
			t.Run(fmt.Sprint(name, carriedOut), func(t *testing.T) {
				s := newStore()
				s.apply(t, 1, tt.before...)
				s.retries = 1
				sent := 0
				s.fault = func(_ int, call string) (bool, error) {
					if call != tt.call {
						return true, nil
					}
					if sent++; sent > 1 {
						return true, nil
					}
					return carriedOut, errCrash
				}
				r, log := s.apply(t, 1, tt.after...)
				if !r.OK() || sent != want {
					t.Errorf("%q: sent %d times, want %d: %v", log, sent, want, summary(r))
				}
				s.checkConverged(t, tt.after...)
			})
		}
	}
}

// TestLostCreateThatIsNotListed: if Datadog accepts duplicates of a kind, a lost create is not retried.
func TestLostCreateThatIsNotListed(t *testing.T) {
	for name, tt := range map[string]struct {
		want *object.Object
		ok   bool
		says string
	}{
		"monitor":   {metric("m", 1), true, ""},
		"dashboard": {board("m", "m"), false, "the response to the create request was lost, and the object is not listed yet"},
	} {
		s := newStore()
		s.retries, s.hides = 3, "m"
		crashed := false
		s.fault = func(int, string) (bool, error) {
			if crashed {
				return true, nil
			}
			crashed = true
			return true, errCrash
		}
		tt.want.Body["widgets"] = []any{} // a dashboard without references
		r, log := s.apply(t, 1, tt.want)
		if r.OK() != tt.ok || len(s.objects) != 1 || !strings.Contains(summary(r)[0], tt.says) {
			t.Errorf("%s: %q, %d objects, %v", name, log, len(s.objects), summary(r))
		}
	}
}

// TestReplaceWithLaggingList: the listing before the create shows the old object without its mark.
func TestReplaceWithLaggingList(t *testing.T) {
	s := newStore()
	s.apply(t, 1, metric("a", 1))
	s.late = maps.Clone(s.objects)
	if r, log := s.apply(t, 1, logs("a")); !r.OK() {
		t.Errorf("%q %v", log, summary(r))
	}
	s.checkConverged(t, logs("a"))
}

// TestOtherDuplicateIsNotAdopted: Datadog rejects a create as a duplicate of an object that differs.
func TestOtherDuplicateIsNotAdopted(t *testing.T) {
	s := newStore()
	s.objects["7"] = map[string]any{"id": "7", "name": "a", "type": "query alert", "query": "another user's", "message": ""}
	s.fault = func(int, string) (bool, error) { return false, duplicate("7") }
	r, _ := s.apply(t, 1, metric("a", 1))
	if got := summary(r); !strings.Contains(got[0], "monitor 7 is not this stack's monitor.a, so ddmon does not change it") || s.objects["7"]["query"] != "another user's" {
		t.Errorf("%q", got)
	}
	var refused duplicate
	if !errors.As(r.Outcomes[0].Err, &refused) {
		t.Errorf("%v", r.Outcomes[0].Err)
	}
}

// TestConcurrentRuns applies a plan a second time during the first write of the first run. Only that write is between
// check and request, so the first run stops at the next object.
func TestConcurrentRuns(t *testing.T) {
	s := newStore()
	var after []*object.Object
	for i := range 20 {
		after = append(after, metric(fmt.Sprintf("m%02d", i), 2))
	}
	s.apply(t, 1, manyMetrics(20)...)
	p := s.plan(t, after...)
	s.log = nil
	o := apply.Options{Kinds: kind.All(), Parallel: 1}
	var other apply.Result
	s.hold = func() {
		s.hold = nil
		other = apply.Run(t.Context(), p, s, o)
	}
	r := apply.Run(t.Context(), p, s, o)
	if !other.OK() || other.Changed != 20 {
		t.Errorf("the run in between: %v", summary(other))
	}
	if got := summary(r); !r.Stale || r.Changed != 1 || len(s.log) != 21 || !strings.Contains(got[1], "monitor.m01 failed []: monitor.m01 (monitor 101) was changed after the plan was made") {
		t.Errorf("%d writes, %q", len(s.log), got)
	}
	s.checkConverged(t, after...)
}
