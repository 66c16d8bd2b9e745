package apply

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/routine"
)

// Options are the options of Run.
type Options struct {
	Kinds    []*kind.Kind // all kinds of the plan
	Parallel int          // the maximum number of requests in flight; 0 means 10
	// OnEvent is called for each event, from the goroutine that called Run. It can be nil.
	OnEvent func(Event)
}

const defaultParallel = 10

// Run applies a plan. Before every write it compares the object with the one that the plan saw. At the first
// difference, or if the context is done, it finishes the requests in flight and starts no others, with one exception: a
// replacement that has marked the old object also creates the new one.
func Run(ctx context.Context, p *plan.Plan, client Client, o Options) Result {
	r := newRun(p, client, o)
	r.loop(ctx)
	r.stop(ctx.Err())
	r.result.count()
	return r.result
}

// run is the state of a Run. Only one goroutine uses it; the requests run in others.
type run struct {
	graph    *graph
	client   Client
	onEvent  func(Event)
	limit    int
	waiting  []int // for each node, the number of its unfinished dependencies
	state    []state
	ready    []int // nodes that can start, in order
	inFlight int
	results  chan callResult
	ids      map[object.Address]string // of the live objects
	stale    *plan.Conflict            // the first conflict
	result   Result
}

// state is the state of a node.
type state int

const (
	open state = iota
	finished
	failed
	skipped
)

// callResult is the result of the first of a node's calls.
type callResult struct {
	node  int
	calls []call
	body  map[string]any
	err   error
	begun bool // whether a write was sent
	// theirs reports that another run did it.
	theirs bool
}

func newRun(p *plan.Plan, client Client, o Options) *run {
	kinds := make(map[string]*kind.Kind, len(o.Kinds))
	for _, k := range o.Kinds {
		kinds[k.Name] = k
	}
	g := newGraph(p, kinds)
	r := &run{
		graph: g, client: client, onEvent: o.OnEvent, limit: o.Parallel, results: make(chan callResult),
		waiting: make([]int, len(g.nodes)), state: make([]state, len(g.nodes)), ids: knownIDs(p),
	}
	if r.limit <= 0 {
		r.limit = defaultParallel
	}
	for i := range p.Changes {
		c := &p.Changes[i]
		o := Outcome{Address: c.Address, Action: c.Action, ID: c.ID, Status: StatusDone}
		if c.Action == plan.NoOp {
			o.Status = StatusUnchanged
		}
		r.result.Outcomes = append(r.result.Outcomes, o)
	}
	for n := range g.nodes {
		r.waiting[n] = len(g.nodes[n].dependencies)
		if r.waiting[n] == 0 {
			r.ready = append(r.ready, n)
		}
	}
	return r
}

// knownIDs returns the ids of objects that are not replaced or deleted.
func knownIDs(p *plan.Plan) map[object.Address]string {
	ids := make(map[object.Address]string)
	for i := range p.Changes {
		if c := &p.Changes[i]; c.Action == plan.NoOp || c.Action == plan.Update {
			ids[c.Address] = c.ID
		}
	}
	return ids
}

func (r *run) idOf(a object.Address) (string, bool) {
	id, ok := r.ids[a]
	return id, ok
}

// loop starts ready nodes and handles results, until no request is in flight and no node can start.
func (r *run) loop(ctx context.Context) {
	for {
		for len(r.ready) > 0 && r.inFlight < r.limit && !r.stopped(ctx) {
			n := r.ready[0]
			r.ready = r.ready[1:]
			r.start(ctx, n)
		}
		if r.inFlight == 0 && (len(r.ready) == 0 || r.stopped(ctx)) {
			return
		}
		if r.inFlight > 0 {
			r.handle(ctx, <-r.results)
		}
	}
}

// stopped reports whether no more nodes can start.
func (r *run) stopped(ctx context.Context) bool { return ctx.Err() != nil || r.stale != nil }

// start starts a node whose dependencies are finished.
func (r *run) start(ctx context.Context, n int) {
	if r.graph.nodes[n].task == blocked {
		r.skip(n, "blocked by an error in the plan")
		return
	}
	calls, err := r.calls(n)
	if err != nil {
		r.fail(n, "", err)
		return
	}
	r.call(ctx, n, calls)
}

// call runs the first of the calls.
func (r *run) call(ctx context.Context, n int, calls []call) {
	r.emit(n, Event{Step: calls[0].step, Phase: Started, ID: calls[0].id})
	r.inFlight++
	routine.Start(func() error {
		res := callResult{node: n, calls: calls}
		// A panic fails only this call: the results of the other requests in flight must be reported.
		res.err = routine.Try(func() (err error) {
			res.body, err = calls[0].do(ctx)
			return err
		})
		if g := calls[0].guard; g != nil {
			res.begun, res.theirs = g.begun, g.theirs
		}
		r.results <- res
		return nil
	})
}

// handle handles the result of a call: it runs the node's next call or finishes the node.
func (r *run) handle(ctx context.Context, res callResult) {
	r.inFlight--
	done, rest := res.calls[0], res.calls[1:]
	if res.err != nil {
		if !res.begun && ctx.Err() != nil && errors.Is(res.err, ctx.Err()) {
			return // nothing was written; stop reports the interruption
		}
		r.fail(res.node, done.step, res.err)
		return
	}
	c := r.graph.change(res.node)
	o := r.outcome(res.node)
	if !res.theirs {
		o.Did = append(o.Did, done.step)
	}
	id := done.id
	if done.step == Create {
		id = plan.FromLive(r.graph.kinds[c.Address.Kind], res.body).ID
		o.ID, r.ids[c.Address] = id, id
	}
	r.emit(res.node, Event{Step: done.step, Phase: Done, ID: id, Theirs: res.theirs})
	switch {
	case len(rest) == 0:
		r.finish(res.node)
	case done.step == Validate && r.stopped(ctx):
		// Nothing was changed yet; stop reports the reason.
	case done.step == Mark:
		r.call(context.WithoutCancel(ctx), res.node, rest)
	default:
		r.call(ctx, res.node, rest)
	}
}

// finish marks a node as finished and its dependents as ready.
func (r *run) finish(n int) {
	r.state[n] = finished
	for _, other := range r.graph.nodes[n].dependents {
		r.waiting[other]--
		if r.waiting[other] == 0 && r.state[other] == open {
			at, _ := slices.BinarySearch(r.ready, other)
			r.ready = slices.Insert(r.ready, at, other)
		}
	}
}

func (r *run) fail(n int, step Step, err error) {
	r.state[n] = failed
	o := r.outcome(n)
	o.Status, o.Err = StatusFailed, err
	if conflict := (*plan.Conflict)(nil); r.stale == nil && errors.As(err, &conflict) {
		r.stale = conflict
	}
	r.emit(n, Event{Step: step, Phase: Failed, ID: r.graph.change(n).ID, Err: err})
	r.skipDependents(n)
}

// stop handles nodes that never started, because of an interruption, a stale plan or a reference cycle.
func (r *run) stop(interrupted error) {
	r.result.Stale = r.stale != nil
	for n := range r.graph.nodes {
		switch {
		case r.state[n] != open:
		case r.stale != nil:
			r.skip(n, fmt.Sprintf("stopped because the plan is out of date for %s", r.stale.Address))
		case interrupted != nil:
			r.result.Interrupted = true
			r.skip(n, "interrupted before it started")
		default:
			r.fail(n, "", errors.New("reference cycle with its dependencies"))
		}
	}
}

func (r *run) outcome(n int) *Outcome { return &r.result.Outcomes[r.graph.nodes[n].change] }

// emit adds the change to an event and reports it.
func (r *run) emit(n int, e Event) {
	if r.onEvent == nil {
		return
	}
	c := r.graph.change(n)
	e.Index, e.Address, e.Action = r.graph.nodes[n].change, c.Address, c.Action
	r.onEvent(e)
}
