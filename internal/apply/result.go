package apply

import (
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// Status is the result of a change.
type Status string

// The statuses. A replacement whose old object could not be deleted is failed or skipped, although the new object
// exists: see Outcome.Did.
const (
	StatusUnchanged Status = "unchanged" // no-op
	StatusDone      Status = "done"
	StatusFailed    Status = "failed"
	StatusSkipped   Status = "skipped"
)

// Outcome is the outcome of a change.
type Outcome struct {
	Address object.Address
	Action  plan.Action
	Status  Status
	ID      string // of the object now at the address; of the deleted one after a Delete
	Did     []Step // the completed steps, in order
	Err     error  // if failed
	Reason  string // if skipped
}

// Result is the result of a Run.
type Result struct {
	Outcomes []Outcome // one for each change of the plan, in its order

	// The completed changes, counted like plan.Summary: a replacement is one added and one destroyed.
	Added, Changed, Destroyed int
	// Failed and Skipped count changes.
	Failed, Skipped int
	// Interrupted reports that the context was done before the plan was applied.
	Interrupted bool
	// Stale reports that the run stopped because an object is not the one that the plan saw. Its error is a
	// *plan.Conflict.
	Stale bool
}

// OK reports whether the whole plan was applied.
func (r *Result) OK() bool { return r.Failed+r.Skipped == 0 }

// count sets the counters.
func (r *Result) count() {
	for i := range r.Outcomes {
		o := &r.Outcomes[i]
		for _, step := range o.Did {
			switch step {
			case Create:
				r.Added++
			case Update:
				r.Changed++
			case Delete:
				r.Destroyed++
			case Validate, Mark:
			}
		}
		switch o.Status {
		case StatusFailed:
			r.Failed++
		case StatusSkipped:
			r.Skipped++
		case StatusDone, StatusUnchanged:
		}
	}
}
