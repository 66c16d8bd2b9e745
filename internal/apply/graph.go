package apply

import (
	"slices"

	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// task is a part of a change.
type task int

const (
	write   task = iota // create or update the object at the address
	remove              // delete the live object of a Delete, or the old object of a Replace
	blocked             // do nothing and block all dependents
)

// dependencyKind is the reason of a dependency.
type dependencyKind int

const (
	needsID          dependencyKind = iota // the body contains the other object's id
	needsReplacement                       // the replacement must exist
	needsRelease                           // the other object must not refer to this one
)

// node is a task of a change with its dependencies.
type node struct {
	change       int // index into the plan's changes
	task         task
	dependencies []dependency
	dependents   []int // nodes
}

// dependency is an edge of the graph.
type dependency struct {
	node int
	kind dependencyKind
}

// graph is the dependency graph of a plan. The nodes are in the order of the changes.
type graph struct {
	nodes []node
	kinds map[string]*kind.Kind
	plan  *plan.Plan
	// at has the nodes by the address of their change. An address has several nodes if a replacement is unfinished.
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
	g.linkSuccessors()
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

// addDependency makes node n depend on another one.
func (g *graph) addDependency(n, other int, kind dependencyKind) {
	if slices.ContainsFunc(g.nodes[n].dependencies, func(d dependency) bool { return d.node == other }) {
		return
	}
	g.nodes[n].dependencies = append(g.nodes[n].dependencies, dependency{other, kind})
	g.nodes[other].dependents = append(g.nodes[other].dependents, n)
}

// linkWrite makes a write depend on the objects whose ids are missing in its body.
func (g *graph) linkWrite(n int) {
	object.WalkRefs(g.change(n).After, func(_ object.Path, a object.Address) {
		for _, other := range g.at[a] {
			if g.creates(other) {
				g.addDependency(n, other, needsID)
			}
		}
	})
}

// linkSuccessors makes the deletion of an object depend on the creation of the one that succeeds it. The deletion does not
// count against the limit of deletions, so it must not happen without the creation.
func (g *graph) linkSuccessors() {
	nodes := make(map[int]int, len(g.nodes))
	for n := range g.nodes {
		nodes[g.nodes[n].change] = n
	}
	for old, successor := range g.plan.Successors() {
		g.addDependency(nodes[old], nodes[successor], needsReplacement)
	}
}

// linkRemove makes a deletion depend on the creation of the replacement and on changes that remove references to the
// object.
func (g *graph) linkRemove(n int) {
	c := g.change(n)
	if c.Action == plan.Replace || c.Deposed {
		for _, other := range g.at[c.Address] {
			if g.creates(other) {
				g.addDependency(n, other, needsReplacement)
			}
		}
	}
	for _, a := range c.ReferredBy {
		for _, other := range g.at[a] {
			if g.nodes[other].change != g.nodes[n].change && g.refersTo(g.change(other), c) {
				g.addDependency(n, other, needsRelease)
			}
		}
	}
}

// creates reports whether a node results in an object with a new id.
func (g *graph) creates(n int) bool {
	switch g.nodes[n].task {
	case write:
		return g.change(n).Action != plan.Update
	case blocked:
		return true
	case remove:
	}
	return false
}

// refersTo reports whether the live object of one change refers to that of another. It compares ids, because a deposed
// object has the same address as its replacement.
func (g *graph) refersTo(from, to *plan.Change) bool {
	k := g.kinds[from.Address.Kind]
	return k != nil && k.References != nil && slices.ContainsFunc(k.References(from.Before), func(r kind.Reference) bool {
		return r.Kind == to.Address.Kind && r.ID == to.ID
	})
}
