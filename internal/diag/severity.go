package diag

import "github.com/hashicorp/hcl/v2"

// Severity says what a diagnostic stops. The graver one is the smaller.
type Severity int

const (
	// SeverityError stops the command.
	SeverityError Severity = iota
	// SeverityWarning stops nothing, unless asked for.
	SeverityWarning
	// SeverityInfo is worth knowing and may well be meant.
	SeverityInfo
)

// String returns "error", "warning" or "info".
func (s Severity) String() string {
	switch s {
	case SeverityError:
		return "error"
	case SeverityInfo:
		return "info"
	default:
		return "warning"
	}
}

// SeverityOf returns a diagnostic's severity, which the HCL library's own field cannot say in full.
func SeverityOf(d *hcl.Diagnostic) Severity {
	if d.Severity == hcl.DiagError {
		return SeverityError
	}
	if extra, ok := d.Extra.(Extra); ok && extra.Info {
		return SeverityInfo
	}
	return SeverityWarning
}
