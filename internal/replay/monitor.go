package replay

import "ddmon/internal/object"

// Monitor is a monitor to replay.
type Monitor struct {
	// Address names it in the result, and in the query of a composite.
	Address string
	// ID is Datadog's id, by which a composite may name it too; empty if there is none yet.
	ID string
	// Body is the monitor in the shape of Datadog's JSON; a composite's query may be an object.Text.
	Body map[string]any
	// Sensitive is the object that says which values of the body came from sensitive variables; nil if none did. What
	// was computed from such values is only in Result.Reveal.
	Sensitive *object.Object
}

func isComposite(m Monitor) bool { return m.Body["type"] == "composite" }
