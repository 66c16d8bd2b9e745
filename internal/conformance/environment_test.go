// Package conformance_test tests the lifecycle of an object of each kind with the client, the planner and apply,
// against the sandbox. It covers a new kind in kind.All as soon as the kind has an example in testdata/KIND.json.
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

// environment is a sandbox with a client and a stack.
type environment struct {
	client *ddapi.Client
	stack  string
	lists  atomic.Int64 // number of list requests
}

// newEnvironment starts an empty sandbox with an optional fault script and optional middleware.
func newEnvironment(t *testing.T, script string, middleware func(http.Handler) http.Handler) *environment {
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
	w := &environment{stack: "shop"}
	var handler http.Handler = box
	if middleware != nil {
		handler = middleware(box)
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		if isList(r) {
			w.lists.Add(1)
		}
		handler.ServeHTTP(out, r)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // faults break connections
	server.Start()
	t.Cleanup(server.Close)
	w.client, err = ddapi.New(ddapi.Config{APIKey: "k", AppKey: "k", Host: server.URL, Sleep: noWait})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func noWait(ctx context.Context, _ time.Duration) error { return ctx.Err() }

// isList reports whether a request lists objects of a kind.
func isList(r *http.Request) bool {
	return r.Method == http.MethodGet && slices.ContainsFunc(kind.All(), func(k *kind.Kind) bool { return k.Remote.Path == r.URL.Path })
}

// owned returns the stack's live objects of all kinds.
func (w *environment) owned(t *testing.T) []*object.Object {
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

func (w *environment) plan(t *testing.T, desired ...*object.Object) (*plan.Plan, hcl.Diagnostics) {
	t.Helper()
	return plan.Build(plan.Input{Stack: w.stack, Kinds: kind.All(), Desired: desired, Live: w.owned(t)})
}

// apply applies the desired objects, checks that the next plan is empty, and returns the events in order.
func (w *environment) apply(t *testing.T, desired ...*object.Object) (events []apply.Event) {
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
	w.checkConverged(t, desired...)
	return events
}

// checkConverged checks that the plan for the desired objects is empty.
func (w *environment) checkConverged(t *testing.T, desired ...*object.Object) {
	t.Helper()
	p, diags := w.plan(t, desired...)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	if len(p.Changes) != len(desired) || !p.Empty() {
		t.Errorf("the plan for %d desired objects is not empty:", len(desired))
		for _, c := range p.Changes {
			t.Errorf("  %s %s %v", c.Action, c.Address, c.Edits)
		}
	}
}

// one returns the only live object of the stack.
func (w *environment) one(t *testing.T) *object.Object {
	t.Helper()
	live := w.owned(t)
	if len(live) != 1 {
		t.Fatalf("%d objects, want 1", len(live))
	}
	return live[0]
}

// hasCode reports whether there is an error with a code.
func hasCode(diags hcl.Diagnostics, code string) bool {
	return slices.ContainsFunc(diags, func(d *hcl.Diagnostic) bool {
		extra, _ := d.Extra.(diag.Extra)
		return d.Severity == hcl.DiagError && extra.Code == code
	})
}

func desired(k *kind.Kind, name string, body map[string]any) *object.Object {
	return &object.Object{Address: object.Address{Kind: k.Name, Name: name}, Body: body}
}
