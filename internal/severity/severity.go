// Package severity defines the severities of findings, which all checks share: of queries, objects, lint rules and the
// configuration. It imports no other package of ddmon.
package severity

// Level is a severity. The most severe level is the smallest.
type Level int

// The levels.
const (
	// Error stops the command: Datadog rejects it, or it is always a mistake.
	Error Level = iota
	// Warning is a probable mistake. It does not stop the command by default.
	Warning
	// Info is a suggestion. The configuration can be intended.
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
