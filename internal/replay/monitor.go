package replay

import "ddmon/internal/object"

// Monitor is a monitor to replay.
type Monitor struct {
	// Address identifies the monitor in the result and in composite queries.
	Address string
	// ID is Datadog's id, which composite queries can also use. It is empty if the monitor does not exist yet.
	ID string
	// Body is the monitor as Datadog's JSON. The query of a composite can be an object.Text.
	Body map[string]any
	// Sensitive says which values of the body come from sensitive variables; nil if none do. Results computed from them
	// are only in Result.Reveal.
	Sensitive *object.Object
}

func isComposite(m Monitor) bool { return m.Body["type"] == "composite" }
