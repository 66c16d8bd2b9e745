package apply

import (
	"fmt"

	"ddmon/internal/plan"
)

// skip ends a node without doing anything, and what needs it.
func (r *run) skip(n int, reason string) {
	r.state[n] = skipped
	o := r.outcome(n)
	c := r.graph.change(n)
	isOld := c.Action == plan.Replace && r.graph.nodes[n].task == remove
	switch {
	case isOld && o.Status != StatusDone:
		// The change as a whole failed or was skipped already, and has said so.
	default:
		if isOld {
			reason = fmt.Sprintf("the old %s %s is not deleted: %s", c.Address.Kind, c.ID, reason)
		}
		o.Status, o.Reason = StatusSkipped, reason
		r.tell(n, Event{Step: r.firstStep(n), Phase: Skipped, ID: c.ID, Reason: reason})
	}
	r.skipDependents(n)
}

// skipDependents skips what needs a node that did not come to its end.
func (r *run) skipDependents(n int) {
	for _, other := range r.graph.nodes[n].after {
		if r.state[other] != open {
			continue
		}
		for _, need := range r.graph.nodes[other].needs {
			if need.node == n {
				r.skip(other, r.reason(n, need.why))
			}
		}
	}
}

// reason says why a node is skipped that needs n.
func (r *run) reason(n int, w why) string {
	a := r.graph.change(n).Address.String()
	what := a + " was skipped"
	switch {
	case r.state[n] == failed:
		what = a + " failed"
	case r.graph.nodes[n].task == blocked:
		what = a + " is blocked"
	}
	switch w {
	case needsID:
		return fmt.Sprintf("%s, and its id is needed", what)
	case needsRelease:
		return fmt.Sprintf("%s, and still refers to it", what)
	case needsSuccessor:
	}
	return fmt.Sprintf("%s, and without it there would be none", what)
}

// firstStep names what was not done.
func (r *run) firstStep(n int) Step {
	if r.graph.nodes[n].task == remove {
		return Delete
	}
	switch r.graph.change(n).Action {
	case plan.Create, plan.Replace:
		return Create
	case plan.Update:
		return Update
	case plan.Delete:
		return Delete
	case plan.NoOp, plan.Blocked:
	}
	return ""
}
