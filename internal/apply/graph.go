package apply

import (
	"slices"

	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// task is one of the two things that a change may consist of.
type task int

const (
	write   task = iota // bring the object at the address into being or into shape
	remove              // delete the live object: of a Delete, or the old one of a Replace
	blocked             // nothing, and nothing that needs it
)

// why says what a need is about.
type why int

const (
	needsID        why = iota // the body holds the other object's id
	needsSuccessor            // the object that takes this one's place has to be there
	needsRelease              // the other object refers to this one until then
)

// node is a task of a change, and what it has to wait for.
type node struct {
	change int // index into the plan's changes
	task   task
	needs  []need
	after  []int // the nodes that need this one
}

// need is an edge of the graph.
type need struct {
	node int
	why  why
}

// graph is the order of a plan. Nodes are ordered as the changes are.
type graph struct {
	nodes []node
	kinds map[string]*kind.Kind
	plan  *plan.Plan
	// at holds the nodes by the address of their change. An address has several where an interrupted replacement
	// left something behind.
	at map[object.Address][]int
}

func newGraph(p *plan.Plan, kinds map[string]*kind.Kind) *graph {
	g := &graph{plan: p, kinds: kinds, at: make(map[object.Address][]int)}
	for i := range p.Changes {
		switch p.Changes[i].Action {
		case plan.Create, plan.Update:
			g.add(i, write)
		case plan.Replace:
			g.add(i, write)
			g.add(i, remove)
		case plan.Delete:
			g.add(i, remove)
		case plan.Blocked:
			g.add(i, blocked)
		case plan.NoOp:
		}
	}
	for n := range g.nodes {
		switch g.nodes[n].task {
		case write:
			g.linkWrite(n)
		case remove:
			g.linkRemove(n)
		case blocked:
		}
	}
	return g
}

func (g *graph) add(change int, t task) {
	a := g.plan.Changes[change].Address
	g.at[a] = append(g.at[a], len(g.nodes))
	g.nodes = append(g.nodes, node{change: change, task: t})
}

func (g *graph) change(n int) *plan.Change { return &g.plan.Changes[g.nodes[n].change] }

func (g *graph) need(n, other int, w why) {
	if slices.ContainsFunc(g.nodes[n].needs, func(have need) bool { return have.node == other }) {
		return
	}
	g.nodes[n].needs = append(g.nodes[n].needs, need{other, w})
	g.nodes[other].after = append(g.nodes[other].after, n)
}

// linkWrite has a write wait for the objects whose ids its body still lacks.
func (g *graph) linkWrite(n int) {
	object.WalkRefs(g.change(n).After, func(_ object.Path, a object.Address) {
		for _, other := range g.at[a] {
			if g.makes(other) {
				g.need(n, other, needsID)
			}
		}
	})
}

// linkRemove has a deletion wait until the successor is there and nothing in the plan refers to the object any more.
func (g *graph) linkRemove(n int) {
	c := g.change(n)
	if c.Action == plan.Replace || c.Deposed {
		for _, other := range g.at[c.Address] {
			if g.makes(other) {
				g.need(n, other, needsSuccessor)
			}
		}
	}
	for _, a := range c.ReferredBy {
		for _, other := range g.at[a] {
			if g.nodes[other].change != g.nodes[n].change && g.mentions(g.change(other), c) {
				g.need(n, other, needsRelease)
			}
		}
	}
}

// makes reports whether there is an object with a new id once a node is done.
func (g *graph) makes(n int) bool {
	switch g.nodes[n].task {
	case write:
		return g.change(n).Action != plan.Update
	case blocked:
		return true
	case remove:
	}
	return false
}

// mentions reports whether the live object of one change refers to that of another. Addresses alone do not tell: what
// an interrupted replacement left behind shares the address of its successor.
func (g *graph) mentions(from, to *plan.Change) bool {
	k := g.kinds[from.Address.Kind]
	return k != nil && k.References != nil && slices.ContainsFunc(k.References(from.Before), func(r kind.Reference) bool {
		return r.Kind == to.Address.Kind && r.ID == to.ID
	})
}
