package apply_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"ddmon/internal/apply"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// store is a fake Datadog with its referential rules: the members of a composite must exist when it is written, and a
// monitor in a composite cannot be deleted.
type store struct {
	mu      sync.Mutex
	objects map[string]map[string]any // by id
	nextID  int
	log     []string
	// fault is called before each call, with its number from 1 and its text. It can reject the call, or let it succeed
	// and lose the response.
	fault func(n int, call string) (carriedOut bool, err error)
	// retries is how often a failed call is retried, like a client does.
	retries int
	// hold is called by each call in flight, outside the lock.
	hold func()
	// hides keeps objects out of Find by name, like a list that lags behind.
	hides string
	// late are the objects that Find returns instead of the stored ones.
	late map[string]map[string]any
	// edited edits the next object right after it is created, like a user.
	edited map[string]any
	// waits is called while a run waits.
	waits func()
	// now is the server's clock and the creation time of objects; zero for none.
	now time.Time
	// ahead is how far the server's Date header is ahead of its clock.
	ahead time.Duration
	// drops are fields that the server accepts and does not store.
	drops []string
}

func (s *store) ServerTime() (time.Time, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now.Add(s.ahead), !s.now.IsZero()
}

func (s *store) Wait(context.Context, time.Duration) error {
	if s.waits != nil {
		s.waits()
	}
	return nil
}

func newStore() *store { return &store{objects: map[string]map[string]any{}, nextID: 100} }

// enter logs a call and applies the fault. If run is true, the caller runs the call; if err is set, it returns that.
func (s *store) enter(format string, args ...any) (run bool, err error) {
	call := fmt.Sprintf(format, args...)
	s.log = append(s.log, call)
	carriedOut := true
	if s.fault != nil {
		carriedOut, err = s.fault(len(s.log), call)
	}
	return err == nil || carriedOut, err
}

// write sends a write like a client: it is checked before each attempt, retried after a fault, and never cancelled.
func (s *store) write(
	ctx context.Context, check apply.Check, once func() (made map[string]any, carriedOut bool, err error),
) (map[string]any, error) {
	lost := false
	for try := 0; ; try++ {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err := check(ctx, lost); err != nil {
			return nil, err
		}
		if s.hold != nil {
			s.hold()
		}
		s.mu.Lock()
		made, carriedOut, err := once()
		s.mu.Unlock()
		if err == nil || !errors.Is(err, errCrash) || try == s.retries {
			return made, err
		}
		lost = lost || carriedOut
	}
}

func (s *store) Lookup(_ context.Context, _ *kind.Kind, id string) (map[string]any, bool, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	o, ok := s.objects[id]
	return o, ok, nil
}

func (s *store) Find(_ context.Context, k *kind.Kind, m object.Marker) ([]map[string]any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []map[string]any
	shown := s.objects
	if s.late != nil {
		shown = s.late
	}
	for _, id := range object.SortedKeys(shown) {
		o := shown[id]
		have, _ := k.Marker.Read(o)
		if have.Stack == m.Stack && have.Slug == m.Slug && name(k, o) != s.hides {
			out = append(out, o)
		}
	}
	return out, nil
}

func (s *store) Create(ctx context.Context, k *kind.Kind, body map[string]any, check apply.Check) (map[string]any, error) {
	return s.write(ctx, check, func() (map[string]any, bool, error) {
		run, err := s.enter("create %s", name(k, body))
		if !run {
			return nil, false, err
		}
		if refused := s.check(k, body); refused != nil {
			return nil, false, refused
		}
		if id := s.duplicateOf(k, body); id != "" {
			return nil, false, duplicate(id)
		}
		stored := maps.Clone(body)
		id := strconv.Itoa(s.nextID)
		s.nextID++
		stored["id"] = json.Number(id)
		if k.Name == "dashboard" {
			id = "d-" + id
			stored["id"] = id
		}
		if !s.now.IsZero() {
			stored[k.History.Created] = s.now.Format(time.RFC3339Nano)
		}
		s.store(id, stored)
		if s.edited != nil {
			s.objects[id] = maps.Clone(stored)
			maps.Copy(s.objects[id], s.edited)
		}
		return stored, true, err
	})
}

// duplicate is the rejection of a duplicate monitor.
type duplicate string

func (d duplicate) Error() string       { return "400 Duplicate of an existing monitor_id:" + string(d) }
func (d duplicate) DuplicateID() string { return string(d) }

func (s *store) duplicateOf(k *kind.Kind, body map[string]any) string {
	for id, o := range s.objects {
		same := maps.Clone(o)
		delete(same, "id")
		delete(same, k.History.Created)
		if k.RejectsDuplicates && object.Equal(same, body) {
			return id
		}
	}
	return ""
}

func (s *store) Update(ctx context.Context, k *kind.Kind, id string, body map[string]any, check apply.Check) (map[string]any, error) {
	return s.write(ctx, check, func() (map[string]any, bool, error) {
		verb := "update"
		if strings.Contains(fmt.Sprint(body["tags"], body["description"]), object.TagReplaced) {
			verb = "mark"
		}
		have := s.objects[id]
		run, err := s.enter("%s %s", verb, name(k, have))
		if !run {
			return nil, false, err
		}
		if have == nil {
			return nil, false, errors.New("404 not found")
		}
		stored := map[string]any{"id": have["id"]}
		if k.UpdateMerges {
			stored = maps.Clone(have)
		}
		maps.Copy(stored, body)
		if refused := s.check(k, stored); refused != nil {
			return nil, false, refused
		}
		if k.Name == "monitor" && stored["type"] != have["type"] {
			return nil, false, errors.New("400 Monitor type change not allowed")
		}
		s.store(id, stored)
		return stored, true, err
	})
}

func (s *store) store(id string, o map[string]any) {
	for _, field := range s.drops {
		delete(o, field)
	}
	s.objects[id] = o
}

func (s *store) Delete(ctx context.Context, k *kind.Kind, id string, check apply.Check) error {
	_, err := s.write(ctx, check, func() (map[string]any, bool, error) {
		run, err := s.enter("delete %s", name(k, s.objects[id]))
		if !run {
			return nil, false, err
		}
		for other, o := range s.objects {
			if o["type"] == "composite" && slices.Contains(members(o), id) {
				return nil, false, fmt.Errorf("409 monitor %s is referenced in composite monitor %s", id, other)
			}
		}
		delete(s.objects, id)
		return nil, true, err
	})
	return err
}

func (s *store) Validate(ctx context.Context, k *kind.Kind, id string, body map[string]any) error {
	if ctx.Err() != nil {
		return ctx.Err() // a client cancels reads
	}
	if s.hold != nil {
		s.hold()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := s.enter("validate %s", name(k, body)); err != nil {
		return err
	}
	if id != "" && s.objects[id] == nil {
		return errors.New("404 not found")
	}
	return s.check(k, body)
}

func (s *store) check(k *kind.Kind, body map[string]any) error {
	if text := fmt.Sprint(body); strings.Contains(text, "{<nil>") || strings.Contains(text, "0x") {
		return fmt.Errorf("400 body holds an unresolved reference: %s", text)
	}
	if k.Name != "monitor" || body["type"] != "composite" {
		return nil
	}
	for _, id := range members(body) {
		if s.objects[id] == nil {
			return fmt.Errorf("400 Some monitor IDs are invalid: %s", id)
		}
	}
	return nil
}

func members(body map[string]any) []string {
	query, _ := body["query"].(string)
	return strings.FieldsFunc(query, func(r rune) bool { return r < '0' || r > '9' })
}

func name(k *kind.Kind, body map[string]any) string {
	s, _ := body[k.Title].(string)
	return s
}

// live returns all objects, like a list.
func (s *store) live() []*object.Object {
	kinds := kind.All()
	var out []*object.Object
	for _, id := range object.SortedKeys(s.objects) {
		k := kinds[slices.IndexFunc(kinds, func(k *kind.Kind) bool {
			return k.Name == "dashboard" == strings.HasPrefix(id, "d-")
		})]
		out = append(out, plan.FromLive(k, s.objects[id]))
	}
	return out
}

func (s *store) plan(t *testing.T, desired ...*object.Object) *plan.Plan {
	t.Helper()
	p, diags := plan.Build(plan.Input{Stack: "shop", Kinds: kind.All(), Desired: desired, Live: s.live()})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	return p
}

// apply plans and applies, and returns the calls.
func (s *store) apply(t *testing.T, parallel int, desired ...*object.Object) (apply.Result, []string) {
	t.Helper()
	s.log = nil
	r := apply.Run(t.Context(), s.plan(t, desired...), s, apply.Options{Kinds: kind.All(), Parallel: parallel})
	return r, s.log
}

// checkConverged checks that the store has exactly the desired objects and the plan is empty.
func (s *store) checkConverged(t *testing.T, desired ...*object.Object) {
	t.Helper()
	p := s.plan(t, desired...)
	if !p.Empty() || len(p.Changes) != len(desired) || len(s.objects) != len(desired) {
		t.Errorf("%d desired, %d objects, plan:", len(desired), len(s.objects))
		for _, c := range p.Changes {
			t.Errorf("  %s %s %v", c.Action, c.Address, c.Edits)
		}
	}
}

// metric, logs, composite and board make desired objects.
func metric(name string, threshold int) *object.Object {
	return monitorOf(name, "query alert", fmt.Sprintf("avg(last_5m):avg:queue.depth{*} > %d", threshold))
}

func logs(name string) *object.Object {
	return monitorOf(name, "log alert", `logs("error").index("*").rollup("count").last("5m") > 5`)
}

func composite(name string, of ...string) *object.Object {
	var query object.Text
	for i, member := range of {
		if i > 0 {
			query = append(query, object.Part{Literal: " && "})
		}
		query = append(query, object.Part{Ref: &object.Address{Kind: "monitor", Name: member}})
	}
	return monitorOf(name, "composite", query)
}

func monitorOf(name, typ string, query any) *object.Object {
	return &object.Object{
		Address: object.Address{Kind: "monitor", Name: name},
		Body:    map[string]any{"name": name, "type": typ, "query": query, "message": "m"},
	}
}

// board is a dashboard with an alert graph.
func board(name, of string) *object.Object {
	id := object.Text{{Ref: &object.Address{Kind: "monitor", Name: of}}}
	return &object.Object{
		Address: object.Address{Kind: "dashboard", Name: name},
		Body: map[string]any{"title": name, "layout_type": "ordered", "widgets": []any{map[string]any{
			"definition": map[string]any{"type": "alert_graph", "alert_id": id, "viz_type": "timeseries"},
		}}},
	}
}
