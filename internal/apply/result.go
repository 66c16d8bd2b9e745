package apply

import (
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// Status is how a change ended.
type Status string

// The statuses. A replacement whose old object could not be deleted is failed or skipped too, although it has a new
// one: Outcome.Did says what happened.
const (
	StatusUnchanged Status = "unchanged" // there was nothing to do
	StatusDone      Status = "done"
	StatusFailed    Status = "failed"
	StatusSkipped   Status = "skipped"
)

// Outcome is what became of one change.
type Outcome struct {
	Address object.Address
	Action  plan.Action
	Status  Status
	ID      string // of the object now at the address; of the deleted one after a Delete
	Did     []Step // the steps that were done, in their order
	Err     error  // if failed
	Reason  string // if skipped: why
}

// Result is what became of a plan.
type Result struct {
	Outcomes []Outcome // one for each change of the plan, in its order

	// What was done, counted as plan.Summary counts: a replacement is one added and one destroyed.
	Added, Changed, Destroyed int
	// Failed and Skipped count changes.
	Failed, Skipped int
	// Interrupted says that the context was done before everything was.
	Interrupted bool
	// Stale says that the run was stopped by an object that is not what the plan saw. Its error is a *plan.Conflict.
	Stale bool
}

// OK reports whether everything was done.
func (r *Result) OK() bool { return r.Failed+r.Skipped == 0 }

// count fills in the numbers.
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
