package diag

import (
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/severity"
)

// Severity is the severity of a diagnostic.
type Severity = severity.Level

// The severities.
const (
	SeverityError   = severity.Error
	SeverityWarning = severity.Warning
	SeverityInfo    = severity.Info
)

// SeverityOf returns a diagnostic's severity, including info, which the HCL library does not have.
func SeverityOf(d *hcl.Diagnostic) Severity {
	if d.Severity == hcl.DiagError {
		return SeverityError
	}
	if extra, ok := d.Extra.(Extra); ok && extra.Info {
		return SeverityInfo
	}
	return SeverityWarning
}
