package operation

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// DefaultDeletes as DeleteLimit.Allowed selects the default limit.
const DefaultDeletes = -1

// manyDeletes is how many objects may be deleted without --max-deletes.
const manyDeletes = 10

// DeleteLimit refuses a plan that deletes so many objects that a mistake is likely: the wrong folder, or missing files.
type DeleteLimit struct {
	Command string // what the error names: apply or destroy
	// Destroys says that deleting all of the stack is the command's purpose.
	Destroys bool
	Allowed  int // --max-deletes, or DefaultDeletes
}

// Check returns an error if the plan deletes more than allowed. live is how many live objects the whole stack has.
func (l DeleteLimit) Check(p *plan.Plan, live int) error {
	deletes := netDeletes(p)
	limit, why := l.Allowed, "--max-deletes"
	switch {
	case l.Allowed != DefaultDeletes:
	case l.Destroys:
		limit, why = manyDeletes, "more than 10 need --max-deletes"
	default:
		limit, why = min(manyDeletes, live/2), "more than 10, or more than half of a stack, need --max-deletes"
	}
	switch {
	case l.Allowed < DefaultDeletes:
		return fmt.Errorf("--max-deletes %d is not a number of objects", l.Allowed)
	case deletes <= limit:
		return nil
	}
	return fmt.Errorf("%s refuses to delete %d of the stack's %d objects (%s). Is this the right folder, and are all its "+
		"files there? To delete them, add --max-deletes %d to %s", l.Command, deletes, live, why, deletes, l.Command)
}

// netDeletes counts deletions without replacement: an object created under another address with the same title, as by a
// renamed block, replaces one deleted object, and the successor of a replaced object does, too.
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

// successors are the addresses that have an object after the apply, so that a replaced object there has a successor.
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

// WarnOfDeletes adds a warning to a plan that apply will refuse without --max-deletes.
func (p *Planned) WarnOfDeletes() {
	if err := (DeleteLimit{Command: "apply", Allowed: DefaultDeletes}).Check(p.Changes, p.Live); err != nil {
		d := diag.Warning(plan.CodeManyDeletes, "Apply refuses so many deletions", strings.ToUpper(err.Error()[:1])+err.Error()[1:]+".", hcl.Range{})
		p.Diagnostics = append(p.Diagnostics, d)
	}
}
