package cli

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
	"ddmon/internal/plan"
	"ddmon/internal/render"
)

// defaultMaxDeletes as a --max-deletes stands for the default brake.
const defaultMaxDeletes = -1

// manyDeletes is how many objects may be deleted without --max-deletes.
const manyDeletes = 10

// brake refuses a plan that deletes so much that a folder is more likely to be the wrong one, or empty by mistake, than
// the deletion to be meant.
type brake struct {
	command string
	live    int // how many live objects the stack has
	// destroys says that deleting all of the stack is the command's purpose.
	destroys bool
	allowed  int // --max-deletes
}

// check returns an error if the plan deletes more than allowed.
func (b brake) check(p *plan.Plan) error {
	deletes := netDeletes(p)
	limit, why := b.allowed, "--max-deletes"
	switch {
	case b.allowed != defaultMaxDeletes:
	case b.destroys:
		limit, why = manyDeletes, "more than 10 need --max-deletes"
	default:
		limit, why = min(manyDeletes, b.live/2), "more than 10, or more than half of a stack, need --max-deletes"
	}
	switch {
	case b.allowed < defaultMaxDeletes:
		return fmt.Errorf("--max-deletes %d is not a number of objects", b.allowed)
	case deletes <= limit:
		return nil
	}
	return fmt.Errorf("%s refuses to delete %d of the stack's %d objects (%s). Is this the right folder, and are all its "+
		"files there? To delete them, add --max-deletes %d to %s", b.command, deletes, b.live, why, deletes, b.command)
}

// netDeletes counts the deletions that are not made up for: an object created under another address with the same title,
// as by a renamed block, makes up for one deletion, and so does the successor of a replaced object.
func netDeletes(p *plan.Plan) int {
	type place struct{ kind, title string }
	deposed := make(map[object.Address]bool)
	for i := range p.Changes {
		if c := &p.Changes[i]; c.Deposed {
			deposed[c.Address] = true
		}
	}
	created := make(map[place]int)
	for i := range p.Changes {
		if c := &p.Changes[i]; c.Action == plan.Create && !deposed[c.Address] {
			created[place{c.Address.Kind, c.Title}]++
		}
	}
	succeeded := successors(p)
	deletes := 0
	for i := range p.Changes {
		c := &p.Changes[i]
		at := place{c.Address.Kind, c.Title}
		switch {
		case c.Action != plan.Delete || c.Deposed && succeeded[c.Address]:
		case created[at] > 0:
			created[at]--
		default:
			deletes++
		}
	}
	return deletes
}

// successors are the addresses at which there is an object after the apply. An object that was replaced there is not
// missed.
func successors(p *plan.Plan) map[object.Address]bool {
	out := make(map[object.Address]bool)
	for i := range p.Changes {
		switch c := &p.Changes[i]; c.Action {
		case plan.Create, plan.Update, plan.Replace, plan.NoOp:
			out[c.Address] = true
		case plan.Delete, plan.Blocked:
		}
	}
	return out
}

// liveIn counts the live objects of a plan of the whole stack. It counts every object that netDeletes may count, so that
// no plan deletes more objects than the stack has: a replaced object counts unless its successor does.
func liveIn(p *plan.Plan) int {
	succeeded := successors(p)
	n := 0
	for i := range p.Changes {
		if c := &p.Changes[i]; c.ID != "" && !(c.Deposed && succeeded[c.Address]) {
			n++
		}
	}
	return n
}

// warnOfDeletes says ahead of an apply that it will be refused without --max-deletes.
func (s *session) warnOfDeletes() {
	if err := (brake{command: "apply", live: s.live, allowed: defaultMaxDeletes}).check(s.changes); err != nil {
		d := diag.Warning(render.CodeManyDeletes, "Apply refuses so many deletions", strings.ToUpper(err.Error()[:1])+err.Error()[1:]+".", hcl.Range{})
		s.diags = append(s.diags, d)
	}
}
