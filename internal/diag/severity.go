package diag

import (
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/severity"
)

// Severity says what a diagnostic stops.
type Severity = severity.Level

// The severities.
const (
	SeverityError   = severity.Error
	SeverityWarning = severity.Warning
	SeverityInfo    = severity.Info
)

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
