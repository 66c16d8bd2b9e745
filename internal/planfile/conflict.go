package planfile

import (
	"fmt"
	"slices"
	"strings"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// What can have become of a live object since the plan was made.
const (
	Changed  = "changed"  // its body differs: see Edits
	Gone     = "gone"     // it is not there any more
	Appeared = "appeared" // an object owns the address at which the plan creates one
	Twin     = "twin"     // a second object owns the address
	Released = "released" // its marker is not what it was: somebody took it out of the stack or replaces it
)

// Conflict is a reason not to carry out a saved plan.
type Conflict struct {
	Address object.Address
	ID      string // of the live object concerned
	What    string // Changed, Gone, ...
	// Edits lead from what the plan saw to what is there now, without sensitive values.
	Edits []plan.Edit
	// ModifiedAt is when the live object last changed, as Datadog writes it; empty if it is gone.
	ModifiedAt string
}

// String says it in a sentence without full stop, naming the object and the fields.
func (c Conflict) String() string {
	who := fmt.Sprintf("%s (%s %s)", c.Address, c.Address.Kind, c.ID)
	var said string
	switch c.What {
	case Gone:
		return who + " has been deleted in Datadog since"
	case Appeared:
		said = fmt.Sprintf("%s would be created, but %s %s has its address by now", c.Address, c.Address.Kind, c.ID)
	case Twin:
		said = fmt.Sprintf("a second object, %s %s, has the address of %s by now", c.Address.Kind, c.ID, c.Address)
	case Released:
		said = who + " does not carry the marker any more that it had"
	default:
		var fields []string
		for _, e := range c.Edits {
			if at := e.Path.String(); !slices.Contains(fields, at) {
				fields = append(fields, at)
			}
		}
		said = who + " has been changed since: " + strings.Join(fields, ", ")
	}
	if c.ModifiedAt != "" {
		said += " (last changed " + c.ModifiedAt + ")"
	}
	return said
}
