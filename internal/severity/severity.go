// Package severity is how grave a finding is, for all that finds something: a query, the fields of an object, a rule of
// lint, the configuration. It imports nothing of ddmon.
package severity

// Level says what a finding stops. The graver one is the smaller.
type Level int

// The levels.
const (
	// Error stops the command: Datadog would refuse it, or it cannot be meant.
	Error Level = iota
	// Warning stops nothing, unless asked for.
	Warning
	// Info is worth knowing and may well be meant.
	Info
)

// String returns "error", "warning" or "info".
func (l Level) String() string {
	switch l {
	case Error:
		return "error"
	case Info:
		return "info"
	default:
		return "warning"
	}
}
