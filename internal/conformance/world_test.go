// Package conformance_test takes each kind through the life of an object, with the client, the planner and apply, against
// the sandbox. A new kind in kind.All runs through it as soon as it has an example, testdata/KIND.json.
package conformance_test

import (
	"context"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/apply"
	"ddmon/internal/ddapi"
	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/sandbox"
)

// world is a Datadog of its own, a client of it and a stack.
type world struct {
	client *ddapi.Client
	stack  string
	lists  atomic.Int64 // how many lists were read
}

// newWorld serves an empty sandbox that fails by a script, which may be empty, and has something in front of it, which may
// be nil.
func newWorld(t *testing.T, script string, front func(http.Handler) http.Handler) *world {
	t.Helper()
	var ticks atomic.Int64
	now := func() time.Time {
		return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC).Add(time.Duration(ticks.Add(1)) * 10 * time.Millisecond)
	}
	options := sandbox.Options{Now: now, Sleep: noWait}
	if script != "" {
		faults, err := sandbox.ParseFaults([]byte(script))
		if err != nil {
			t.Fatal(err)
		}
		options.Faults = faults
	}
	box, err := sandbox.Open("", options)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{stack: "shop"}
	var handler http.Handler = box
	if front != nil {
		handler = front(box)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if isList(r) {
			w.lists.Add(1)
		}
		handler.ServeHTTP(out, r)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // of connections that are broken on purpose
	server.Start()
	t.Cleanup(server.Close)
	w.client, err = ddapi.New(ddapi.Config{APIKey: "k", AppKey: "k", Host: server.URL, Sleep: noWait})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func noWait(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// isList reports whether a request is for the list of a kind.
func isList(r *http.Request) bool {
	return r.Method == http.MethodGet && slices.ContainsFunc(kind.All(), func(k *kind.Kind) bool { return k.Remote.Path == r.URL.Path })
}

// owned lists the stack's objects of all kinds.
func (w *world) owned(t *testing.T) []*object.Object {
	t.Helper()
	var live []*object.Object
	for _, k := range kind.All() {
		l, err := w.client.List(t.Context(), k, object.StackSlug(w.stack))
		if err != nil {
			t.Fatal(err)
		}
		for _, raw := range l.Owned {
			live = append(live, plan.FromLive(k, raw))
		}
	}
	return live
}

func (w *world) plan(t *testing.T, desired ...*object.Object) (*plan.Plan, hcl.Diagnostics) {
	t.Helper()
	return plan.Build(plan.Input{Stack: w.stack, Kinds: kind.All(), Desired: desired, Live: w.owned(t)})
}

// apply makes the stack what is desired, by as many calls at once as there are objects, and wants the next plan to be empty.
// It returns what was done, in order.
func (w *world) apply(t *testing.T, desired ...*object.Object) (events []apply.Event) {
	t.Helper()
	p, diags := w.plan(t, desired...)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	r := apply.Run(t.Context(), p, w.client, apply.Options{Kinds: kind.All(), OnEvent: func(e apply.Event) { events = append(events, e) }})
	for i := range r.Outcomes {
		if err := r.Outcomes[i].Err; err != nil {
			t.Fatalf("%s: %v", p.Changes[i].Address, err)
		}
	}
	if !r.OK() {
		t.Fatalf("%+v", r)
	}
	w.checkSettled(t, desired...)
	return events
}

// checkSettled wants exactly what is desired, so that there is nothing left to do.
func (w *world) checkSettled(t *testing.T, desired ...*object.Object) {
	t.Helper()
	p, diags := w.plan(t, desired...)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	if len(p.Changes) != len(desired) || !p.Empty() {
		t.Errorf("%d desired, and the plan is not empty:", len(desired))
		for _, c := range p.Changes {
			t.Errorf("  %s %s %v", c.Action, c.Address, c.Edits)
		}
	}
}

// one returns the only object of the stack.
func (w *world) one(t *testing.T) *object.Object {
	t.Helper()
	live := w.owned(t)
	if len(live) != 1 {
		t.Fatalf("%d objects, want 1", len(live))
	}
	return live[0]
}

// hasCode reports whether one of the errors has a code.
func hasCode(diags hcl.Diagnostics, code string) bool {
	return slices.ContainsFunc(diags, func(d *hcl.Diagnostic) bool {
		extra, _ := d.Extra.(diag.Extra)
		return d.Severity == hcl.DiagError && extra.Code == code
	})
}

func desired(k *kind.Kind, name string, body map[string]any) *object.Object {
	return &object.Object{Address: object.Address{Kind: k.Name, Name: name}, Body: body}
}
