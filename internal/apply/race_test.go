package apply_test

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"ddmon/internal/apply"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// moment returns a time of the server's clock.
func moment(seconds int) time.Time {
	return time.Date(2026, 5, 6, 7, 8, 9, 0, time.UTC).Add(time.Duration(seconds) * time.Second)
}

// markerOf returns the marker of a stored object.
func (s *store) markerOf(t *testing.T, id string) object.Marker {
	t.Helper()
	for _, o := range s.live() {
		if o.ID == id {
			return o.Marker
		}
	}
	t.Fatalf("there is no %s", id)
	return object.Marker{}
}

// TestMarkerIsDated: a creation sets the server's time right before the request in the marker, and an update the time of
// the creation.
func TestMarkerIsDated(t *testing.T) {
	s := newStore()
	s.now = moment(0)
	desired := []*object.Object{metric("a", 1), board("d", "a")}
	s.apply(t, 1, desired...)
	for _, id := range []string{"100", "d-101"} {
		if got := s.markerOf(t, id).Written; got != moment(0).Unix() {
			t.Errorf("%s was created at %d", id, got)
		}
	}
	s.now = moment(500)
	s.fault = func(_ int, call string) (bool, error) {
		if call == "mark a" {
			s.now = moment(900) // later writes
		}
		return true, nil
	}
	if r, _ := s.apply(t, 1, logs("a"), board("d", "a")); !r.OK() {
		t.Fatal(summary(r))
	}
	if got := s.markerOf(t, "102").Written; got != moment(900).Unix() {
		t.Errorf("the successor was created at %d", got)
	}
	if got := s.markerOf(t, "d-101").Written; got != moment(0).Unix() {
		t.Errorf("the board was created at %d", got)
	}
	s.checkConverged(t, logs("a"), board("d", "a"))
}

// slow is a client that loses the response of a create after a while.
type slow struct {
	*store
	lost time.Time // when the client notices
}

func (c *slow) Create(ctx context.Context, k *kind.Kind, body map[string]any, check apply.Check) (map[string]any, error) {
	return c.store.Create(ctx, k, body, func(ctx context.Context, lost bool) error {
		if lost {
			c.now = c.lost
		}
		return check(ctx, lost)
	})
}

// TestCreateRetryIsIdentical: a create whose response was lost is retried unchanged, so Datadog can reject a duplicate.
// After a minute it is not retried, because the new object would look like a clone.
func TestCreateRetryIsIdentical(t *testing.T) {
	for seconds, sent := range map[int]int{0: 2, 60: 2, 61: 1, 300: 1} {
		s := newStore()
		s.now, s.retries, s.hides = moment(0), 3, "a"
		s.fault = func(n int, _ string) (bool, error) {
			if n == 1 {
				return true, errCrash
			}
			return true, nil
		}
		p := s.plan(t, metric("a", 1))
		r := apply.Run(t.Context(), p, &slow{s, moment(seconds)}, apply.Options{Kinds: kind.All(), Parallel: 1})
		if r.OK() != (sent == 2) || len(s.log) != sent || len(s.objects) != 1 {
			t.Errorf("%d s: %q: %d objects, %v", seconds, s.log, len(s.objects), summary(r))
		}
		s.checkConverged(t, metric("a", 1))
	}
}

// racing is a client that lets another run create objects between the check of an address and the create.
type racing struct {
	*store
	between func(name string)
	// deletes is called before each deletion.
	deletes func()
}

func (c *racing) Delete(ctx context.Context, k *kind.Kind, id string, check apply.Check) error {
	if c.deletes != nil {
		c.deletes()
	}
	return c.store.Delete(ctx, k, id, check)
}

func (c *racing) Create(ctx context.Context, k *kind.Kind, body map[string]any, check apply.Check) (map[string]any, error) {
	return c.store.Create(ctx, k, body, func(ctx context.Context, lost bool) error {
		err := check(ctx, lost)
		if err == nil {
			c.between(name(k, body))
		}
		return err
	})
}

// note is a dashboard without references.
func note(name, text string) *object.Object {
	return &object.Object{
		Address: object.Address{Kind: "dashboard", Name: name},
		Body:    map[string]any{"title": name, "layout_type": "ordered", "description": text, "widgets": []any{}},
	}
}

// TestCreationRace: if two runs create objects at one address, the older one stays, and each run deletes only its own.
func TestCreationRace(t *testing.T) {
	for name, tt := range map[string]struct {
		mine, theirs *object.Object
		clock        int // when the other run creates its object, in seconds after this run
		want         string
		left         string // ids
	}{
		"the other monitor is older":       {metric("a", 1), metric("a", 1), -5, "monitor.a done []", "[100]"},
		"the other board is older":         {note("d", "x"), note("d", "x"), -5, "dashboard.d done []", "[d-100]"},
		"the other monitor is younger":     {metric("a", 1), metric("a", 1), 5, "monitor.a done [create]", "[100 101]"},
		"the other board is younger":       {note("d", "x"), note("d", "x"), 5, "dashboard.d done [create]", "[d-100 d-101]"},
		"the other board has the lower id": {note("d", "x"), note("d", "x"), 0, "dashboard.d done []", "[d-100]"},
		"another monitor is older": {
			metric("a", 1), metric("a", 7), -5,
			"monitor.a failed []: monitor.a cannot be created because monitor 100 now has its address", "[100]",
		},
		"another board is younger": {note("d", "x"), note("d", "y"), 5, "dashboard.d done [create]", "[d-100 d-101]"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore()
			s.now = moment(0)
			p, otherPlan := s.plan(t, tt.mine), s.plan(t, tt.theirs)
			o := apply.Options{Kinds: kind.All(), Parallel: 1}
			client := &racing{store: s}
			client.between = func(string) {
				client.between = func(string) {}
				s.now = moment(tt.clock)
				if r := apply.Run(t.Context(), otherPlan, s, o); !r.OK() {
					t.Fatal(summary(r))
				}
				s.now = moment(0)
			}
			r := apply.Run(t.Context(), p, client, o)
			if got := strings.Join(summary(r), "\n"); got != tt.want {
				t.Errorf("got\n%s", got)
			}
			if got := fmt.Sprint(object.SortedKeys(s.objects)); got != tt.left {
				t.Errorf("left are %s, want %s", got, tt.left)
			}
		})
	}
}

// TestCreationTie: of two objects created in the same second, with ids in no order, one stays: that of a run that has
// finished its check, or else the one with the lower id, because the other run deletes its own.
func TestCreationTie(t *testing.T) {
	for name, tt := range map[string]struct {
		deletes    bool // whether the other run deletes its object after this run created its own
		want, left string
	}{
		"the other run has finished":       {false, "dashboard.d done []", "[d-500]"},
		"the other run deletes its object": {true, "dashboard.d done [create]", "[d-100]"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newStore()
			s.now = moment(0)
			p := s.plan(t, note("d", "x"))
			o := apply.Options{Kinds: kind.All(), Parallel: 1}
			client := &racing{store: s}
			client.between = func(string) {
				client.between = func(string) {}
				s.nextID = 500
				if r := apply.Run(t.Context(), p, s, o); !r.OK() {
					t.Fatal(summary(r))
				}
				s.nextID = 100
			}
			if tt.deletes {
				s.waits = func() { delete(s.objects, "d-500") }
			}
			r := apply.Run(t.Context(), p, client, o)
			if got := strings.Join(summary(r), "\n"); got != tt.want {
				t.Errorf("got\n%s", got)
			}
			if got := fmt.Sprint(object.SortedKeys(s.objects)); got != tt.left {
				t.Errorf("left are %s, want %s", got, tt.left)
			}
		})
	}
}

// TestRaceKeepsOne: a run keeps its object if the older one is deleted or released before this run deletes its own.
// Otherwise, of two runs that each wait for the other to finish, neither object would be left.
func TestRaceKeepsOne(t *testing.T) {
	for name, lost := range map[string]func(*store){
		"the other run deletes its object": func(s *store) { delete(s.objects, "d-500") },
		"a user releases the object": func(s *store) {
			s.objects["d-500"] = maps.Clone(s.objects["d-500"])
			s.objects["d-500"]["description"] = "mine"
		},
	} {
		s := newStore()
		s.now = moment(0)
		p := s.plan(t, note("d", "x"))
		o := apply.Options{Kinds: kind.All(), Parallel: 1}
		client := &racing{store: s}
		client.between = func(string) {
			client.between = func(string) {}
			s.nextID = 500
			s.now = moment(-5)
			if r := apply.Run(t.Context(), p, s, o); !r.OK() {
				t.Fatal(summary(r))
			}
			s.nextID, s.now = 100, moment(0)
		}
		client.deletes = func() { lost(s) }
		r := apply.Run(t.Context(), p, client, o)
		if got := strings.Join(summary(r), "\n"); got != "dashboard.d done [create]" || s.objects["d-100"] == nil {
			t.Errorf("%s: left are %v, got\n%s", name, object.SortedKeys(s.objects), got)
		}
	}
}

// TestRaceKeepsEditedObject: an object that this run created is not deleted after a user edited it.
func TestRaceKeepsEditedObject(t *testing.T) {
	s := newStore()
	s.now = moment(0)
	p := s.plan(t, note("d", "x"))
	o := apply.Options{Kinds: kind.All(), Parallel: 1}
	client := &racing{store: s}
	client.between = func(string) {
		client.between = func(string) {}
		apply.Run(t.Context(), p, s, o)
		s.edited = map[string]any{"title": "mine now"}
	}
	r := apply.Run(t.Context(), p, client, o)
	if got := summary(r)[0]; !strings.Contains(got, "d-101 was changed after it was created") || len(s.objects) != 2 {
		t.Errorf("%d objects, %s", len(s.objects), got)
	}
}
