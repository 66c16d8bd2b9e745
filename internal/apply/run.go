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

// Options say how a plan is carried out.
type Options struct {
	Kinds    []*kind.Kind // all that the plan holds
	Parallel int          // how many calls are in flight at once; 0 is 10
	// OnEvent is told what happens, from the goroutine that called Run. Nil hears nothing.
	OnEvent func(Event)
}

const defaultParallel = 10

// Run carries out a plan. Every write is preceded by a comparison of the object with what the plan saw; at the first
// that has changed meanwhile, the run stops as it does when the context is done: the calls under way are finished and
// no others are started, save that a replacement which has marked the old object makes the new one too.
func Run(ctx context.Context, p *plan.Plan, client Client, o Options) Result {
	r := newRun(p, client, o)
	r.loop(ctx)
	r.stop(ctx.Err())
	r.result.count()
	return r.result
}

// run is the state of a Run. It belongs to one goroutine; the calls alone are made in others.
type run struct {
	graph   *graph
	client  Client
	onEvent func(Event)
	limit   int
	waiting []int // for each node, how many of its needs are open
	state   []state
	ready   []int // nodes that may start, in order
	busy    int
	answers chan answer
	ids     map[object.Address]string // of what exists at the addresses
	stale   *plan.Conflict            // the first object that is not what the plan saw
	result  Result
}

// state is how far a node has come.
type state int

const (
	open state = iota
	finished
	failed
	skipped
)

// answer is what became of the first of a node's calls.
type answer struct {
	node  int
	calls []call
	body  map[string]any
	err   error
	begun bool // whether something was written, or may have been
	// theirs says that another run has done it.
	theirs bool
}

func newRun(p *plan.Plan, client Client, o Options) *run {
	kinds := make(map[string]*kind.Kind, len(o.Kinds))
	for _, k := range o.Kinds {
		kinds[k.Name] = k
	}
	g := newGraph(p, kinds)
	r := &run{
		graph: g, client: client, onEvent: o.OnEvent, limit: o.Parallel, answers: make(chan answer),
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
		r.waiting[n] = len(g.nodes[n].needs)
		if r.waiting[n] == 0 {
			r.ready = append(r.ready, n)
		}
	}
	return r
}

// knownIDs are the ids that stay what they are.
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

// loop starts what is ready and takes in what comes back, until nothing is under way and nothing may start.
func (r *run) loop(ctx context.Context) {
	for {
		for len(r.ready) > 0 && r.busy < r.limit && !r.stopped(ctx) {
			n := r.ready[0]
			r.ready = r.ready[1:]
			r.start(ctx, n)
		}
		if r.busy == 0 && (len(r.ready) == 0 || r.stopped(ctx)) {
			return
		}
		if r.busy > 0 {
			r.take(ctx, <-r.answers)
		}
	}
}

// stopped reports whether nothing more is to be begun.
func (r *run) stopped(ctx context.Context) bool { return ctx.Err() != nil || r.stale != nil }

// start begins a node whose needs are met.
func (r *run) start(ctx context.Context, n int) {
	if r.graph.nodes[n].task == blocked {
		r.skip(n, "the plan blocks it, see its diagnostic")
		return
	}
	calls, err := r.calls(n)
	if err != nil {
		r.fail(n, "", err)
		return
	}
	r.call(ctx, n, calls)
}

// call makes the first of the calls.
func (r *run) call(ctx context.Context, n int, calls []call) {
	r.tell(n, Event{Step: calls[0].step, Phase: Started, ID: calls[0].id})
	r.busy++
	routine.Start(func() error {
		a := answer{node: n, calls: calls}
		// A panic fails this call alone: what else is in flight has to be reported.
		a.err = routine.Try(func() (err error) {
			a.body, err = calls[0].do(ctx)
			return err
		})
		if g := calls[0].guard; g != nil {
			a.begun, a.theirs = g.begun, g.theirs
		}
		r.answers <- a
		return nil
	})
}

// take deals with an answer: the node's next call, or its end.
func (r *run) take(ctx context.Context, a answer) {
	r.busy--
	done, rest := a.calls[0], a.calls[1:]
	if a.err != nil {
		if !a.begun && ctx.Err() != nil && errors.Is(a.err, ctx.Err()) {
			return // nothing was written; stop says that it was interrupted
		}
		r.fail(a.node, done.step, a.err)
		return
	}
	c := r.graph.change(a.node)
	o := r.outcome(a.node)
	if !a.theirs {
		o.Did = append(o.Did, done.step)
	}
	id := done.id
	if done.step == Create {
		id = plan.FromLive(r.graph.kinds[c.Address.Kind], a.body).ID
		o.ID, r.ids[c.Address] = id, id
	}
	r.tell(a.node, Event{Step: done.step, Phase: Done, ID: id, Theirs: a.theirs})
	switch {
	case len(rest) == 0:
		r.finish(a.node)
	case done.step == Validate && r.stopped(ctx):
		// Nothing was changed yet; stop says why.
	case done.step == Mark:
		r.call(context.WithoutCancel(ctx), a.node, rest)
	default:
		r.call(ctx, a.node, rest)
	}
}

// finish lets go what waited for a node.
func (r *run) finish(n int) {
	r.state[n] = finished
	for _, other := range r.graph.nodes[n].after {
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
	r.tell(n, Event{Step: step, Phase: Failed, ID: r.graph.change(n).ID, Err: err})
	r.skipDependents(n)
}

// stop deals with what was never started: an interruption, a plan that is stale, or else a circle of references.
func (r *run) stop(interrupted error) {
	r.result.Stale = r.stale != nil
	for n := range r.graph.nodes {
		switch {
		case r.state[n] != open:
		case r.stale != nil:
			r.skip(n, fmt.Sprintf("stopped, because %s is not what the plan saw", r.stale.Address))
		case interrupted != nil:
			r.result.Interrupted = true
			r.skip(n, "interrupted before it was its turn")
		default:
			r.fail(n, "", errors.New("it and what it waits for refer to each other in a circle"))
		}
	}
}

func (r *run) outcome(n int) *Outcome { return &r.result.Outcomes[r.graph.nodes[n].change] }

// tell fills in what an event is about and passes it on.
func (r *run) tell(n int, e Event) {
	if r.onEvent == nil {
		return
	}
	c := r.graph.change(n)
	e.Index, e.Address, e.Action = r.graph.nodes[n].change, c.Address, c.Action
	r.onEvent(e)
}
