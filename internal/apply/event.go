package apply

import (
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// Step is one call that a change takes.
type Step string

// The steps. A replacement takes Mark and Create and, once nothing refers to the old object any more, Delete. Validate
// comes first where a body held ids that were not known when the plan was made.
const (
	Validate Step = "validate"
	Mark     Step = "mark"
	Create   Step = "create"
	Update   Step = "update"
	Delete   Step = "delete"
)

// Phase is how far a step has come.
type Phase string

// The phases. Started is followed by Done or Failed; Skipped stands alone, with a Reason.
const (
	Started Phase = "started"
	Done    Phase = "done"
	Failed  Phase = "failed"
	Skipped Phase = "skipped"
)

// Event tells of one step of one change. It carries no time: who receives it has the clock.
type Event struct {
	Index   int // of the change in the plan
	Address object.Address
	Action  plan.Action // of the change
	Step    Step        // empty where a blocked change is skipped
	Phase   Phase
	ID      string // of the object concerned, if it exists; on a create that is done, the new one
	Err     error  // if Failed
	Reason  string // if Skipped
	Theirs  bool   // if Done, whether another run did it at the same time
}
