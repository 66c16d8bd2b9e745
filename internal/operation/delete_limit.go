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

// maxDeletes is the deletion limit without --max-deletes.
const maxDeletes = 10

// DeleteLimit is the deletion limit. A plan that deletes many objects is probably a mistake, such as the wrong folder
// or missing files.
type DeleteLimit struct {
	Command string // apply or destroy
	// Destroys reports that the command deletes the whole stack on purpose.
	Destroys bool
	Allowed  int // --max-deletes, or DefaultDeletes
}

// Check returns an error if the plan exceeds the limit. live is the number of live objects in the whole stack.
func (l DeleteLimit) Check(p *plan.Plan, live int) error {
	deletes := netDeletes(p)
	limit, reason := l.Allowed, "--max-deletes"
	switch {
	case l.Allowed != DefaultDeletes:
	case l.Destroys:
		limit, reason = maxDeletes, "more than 10 require --max-deletes"
	default:
		limit, reason = min(maxDeletes, live/2), "more than 10, or more than half of a stack, require --max-deletes"
	}
	switch {
	case l.Allowed < DefaultDeletes:
		return fmt.Errorf("invalid --max-deletes %d: use 0 or a positive number", l.Allowed)
	case deletes <= limit:
		return nil
	}
	return fmt.Errorf("%s refuses to delete %d of the stack's %d objects (%s). Check that the folder is correct and no files "+
		"are missing. To delete them, add --max-deletes %d to %s", l.Command, deletes, live, reason, deletes, l.Command)
}

// netDeletes counts deletions without replacement. An object that is created with the same title at another address, as
// after renaming a block, replaces one deleted object. So does the replacement of a deposed object.
func netDeletes(p *plan.Plan) int {
	replaced, successors := addressesAfter(p), p.Successors()
	deletes := 0
	for i := range p.Changes {
		c := &p.Changes[i]
		if _, succeeded := successors[i]; c.Action == plan.Delete && !succeeded && !(c.Deposed && replaced[c.Address]) {
			deletes++
		}
	}
	return deletes
}

// addressesAfter returns the addresses that have an object after the apply. A deposed object at such an address is
// replaced.
func addressesAfter(p *plan.Plan) map[object.Address]bool {
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

// liveIn counts the live objects in the plan of a whole stack. It counts every object that netDeletes can count, so no
// plan deletes more objects than the stack has. A deposed object counts only without a replacement.
func liveIn(p *plan.Plan) int {
	replaced := addressesAfter(p)
	n := 0
	for i := range p.Changes {
		if c := &p.Changes[i]; c.ID != "" && !(c.Deposed && replaced[c.Address]) {
			n++
		}
	}
	return n
}

// WarnOfDeletes adds a warning to a plan that apply will refuse without --max-deletes.
func (p *Planned) WarnOfDeletes() {
	if err := (DeleteLimit{Command: "apply", Allowed: DefaultDeletes}).Check(p.Changes, p.Live); err != nil {
		d := diag.Warning(plan.CodeManyDeletes, "Plan exceeds the deletion limit", strings.ToUpper(err.Error()[:1])+err.Error()[1:]+".", hcl.Range{})
		p.Diagnostics = append(p.Diagnostics, d)
	}
}
