package apply

import (
	"fmt"

	"ddmon/internal/plan"
)

// skip skips a node and its dependents.
func (r *run) skip(n int, reason string) {
	r.state[n] = skipped
	o := r.outcome(n)
	c := r.graph.change(n)
	isOld := c.Action == plan.Replace && r.graph.nodes[n].task == remove
	switch {
	case isOld && o.Status != StatusDone:
		// The change already failed or was skipped, and that was reported.
	default:
		if isOld {
			reason = fmt.Sprintf("the old %s %s is not deleted: %s", c.Address.Kind, c.ID, reason)
		}
		o.Status, o.Reason = StatusSkipped, reason
		r.emit(n, Event{Step: r.firstStep(n), Phase: Skipped, ID: c.ID, Reason: reason})
	}
	r.skipDependents(n)
}

// skipDependents skips the dependents of a node that was not finished.
func (r *run) skipDependents(n int) {
	for _, other := range r.graph.nodes[n].dependents {
		if r.state[other] != open {
			continue
		}
		for _, d := range r.graph.nodes[other].dependencies {
			if d.node == n {
				r.skip(other, r.reason(n, d.kind))
			}
		}
	}
}

// reason returns why a dependent of node n is skipped.
func (r *run) reason(n int, kind dependencyKind) string {
	a := r.graph.change(n).Address.String()
	what := a + " was skipped"
	switch {
	case r.state[n] == failed:
		what = a + " failed"
	case r.graph.nodes[n].task == blocked:
		what = a + " is blocked"
	}
	switch kind {
	case needsID:
		return fmt.Sprintf("%s, and its id is needed", what)
	case needsRelease:
		return fmt.Sprintf("%s, and still refers to it", what)
	case needsReplacement:
	}
	return fmt.Sprintf("%s, so there is no replacement", what)
}

// firstStep returns the first step of a node that was skipped.
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
