package apply

import (
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// Step is a request of a change.
type Step string

// The steps. A replacement consists of Mark, Create and, once nothing refers to the old object, Delete. Validate comes
// first if the body had unknown ids when the plan was made.
const (
	Validate Step = "validate"
	Mark     Step = "mark"
	Create   Step = "create"
	Update   Step = "update"
	Delete   Step = "delete"
)

// Phase is the progress of a step.
type Phase string

// The phases. Started is followed by Done or Failed. Skipped has a Reason and no other phase.
const (
	Started Phase = "started"
	Done    Phase = "done"
	Failed  Phase = "failed"
	Skipped Phase = "skipped"
)

// Event reports the progress of a step of a change. It has no time: the receiver has the clock.
type Event struct {
	Index   int // of the change in the plan
	Address object.Address
	Action  plan.Action // of the change
	Step    Step        // empty if a blocked change is skipped
	Phase   Phase
	ID      string // of the object, if it exists; of the new object for a Create that is Done
	Err     error  // if Failed
	Reason  string // if Skipped
	Theirs  bool   // if Done, whether a concurrent run did it
}
