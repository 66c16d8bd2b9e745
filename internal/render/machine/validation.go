package machine

import (
	"ddmon/internal/diag"
)

// Validation is the output of validate and lint, like that of terraform validate -json.
type Validation struct {
	FormatVersion string       `json:"format_version"`
	Valid         bool         `json:"valid"`
	Errors        int          `json:"error_count"`
	Warnings      int          `json:"warning_count"`
	Infos         int          `json:"info_count"`
	Diagnostics   []Diagnostic `json:"diagnostics"`
}

// NewValidation returns the output of diagnostics.
func NewValidation(shown diag.Shown) Validation {
	v := Validation{FormatVersion: FormatVersion, Diagnostics: JSONDiagnostics(shown)}
	for _, d := range shown.List() {
		switch diag.SeverityOf(d) {
		case diag.SeverityError:
			v.Errors++
		case diag.SeverityWarning:
			v.Warnings++
		default:
			v.Infos++
		}
	}
	v.Valid = v.Errors == 0
	return v
}
