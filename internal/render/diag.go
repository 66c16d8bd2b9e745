package render

import (
	"io"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/planfile"
)

// Diagnostics writes diagnostics for a person, with the lines of source they point at.
func Diagnostics(w io.Writer, files map[string]*hcl.File, diags hcl.Diagnostics, s Style) error {
	out := make(hcl.Diagnostics, len(diags))
	for i, d := range diags {
		shown := *d
		shown.Summary = Clean(d.Summary)
		if code := diag.Code(d); code != "" {
			shown.Summary += " [" + code + "]"
		}
		shown.Detail = CleanLines(d.Detail)
		out[i] = &shown
	}
	return hcl.NewDiagnosticTextWriter(w, files, uint(s.width()), s.Color).WriteDiagnostics(out)
}

// Diagnostic is a diagnostic as JSON.
type Diagnostic struct {
	Severity string          `json:"severity"` // "error" or "warning"
	Code     string          `json:"code"`
	Summary  string          `json:"summary"`
	Detail   string          `json:"detail"`
	Address  string          `json:"address,omitempty"`
	Range    *planfile.Range `json:"range,omitempty"`
}

// JSONDiagnostics returns diagnostics as JSON has them; never nil.
func JSONDiagnostics(diags hcl.Diagnostics) []Diagnostic {
	out := make([]Diagnostic, 0, len(diags))
	for _, d := range diags {
		j := Diagnostic{Severity: "error", Code: diag.Code(d), Summary: d.Summary, Detail: d.Detail}
		if d.Severity == hcl.DiagWarning {
			j.Severity = "warning"
		}
		if extra, ok := d.Extra.(diag.Extra); ok {
			j.Address = extra.Address
		}
		if d.Subject != nil {
			j.Range = planfile.NewRange(*d.Subject)
		}
		out = append(out, j)
	}
	return out
}
