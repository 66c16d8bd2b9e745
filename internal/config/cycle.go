package config

import (
	"slices"
	"strings"

	"ddmon/internal/lang"
	"ddmon/internal/object"
)

// reportCycles reports objects that refer to each other in a cycle: none of them could be created first.
func reportCycles(objects []*object.Object, report *lang.Reporter) {
	g := &graph{report: report, objects: map[object.Address]*object.Object{}, state: map[object.Address]visit{}}
	for _, o := range objects {
		g.objects[o.Address] = o
	}
	for _, o := range objects {
		g.visit(o.Address)
	}
}

type visit int

const (
	untouched visit = iota
	open            // on the chain
	done
)

// graph walks the references between objects depth first.
type graph struct {
	report  *lang.Reporter
	objects map[object.Address]*object.Object
	state   map[object.Address]visit
	chain   []object.Address
}

func (g *graph) visit(a object.Address) {
	g.state[a] = open
	g.chain = append(g.chain, a)
	o := g.objects[a]
	if object.HoldsRefs(o.Body) {
		seen := map[object.Address]bool{}
		object.WalkRefs(o.Body, func(p object.Path, to object.Address) {
			again := seen[to]
			seen[to] = true
			switch {
			case again || g.objects[to] == nil:
			case g.state[to] == open:
				g.cycle(o, p, to)
			case g.state[to] == untouched:
				g.visit(to)
			}
		})
	}
	g.chain = g.chain[:len(g.chain)-1]
	g.state[a] = done
}

func (g *graph) cycle(o *object.Object, p object.Path, to object.Address) {
	cycle := g.chain[slices.Index(g.chain, to):]
	var names []string
	for _, a := range cycle {
		names = append(names, a.String())
	}
	if len(cycle) == 1 {
		g.report.Error("reference_cycle", "Object refers to itself", to.String()+" refers to its own id, which does not exist until it is created. Remove the reference.", o.Ranges.At(p))
		return
	}
	g.report.Error("reference_cycle", "Reference cycle", strings.Join(append(names, to.String()), " refers to ")+". None of them can be created first. Remove one of the "+
		"references.", o.Ranges.At(p))
}
