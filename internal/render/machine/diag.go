package machine

import (
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/planfile"
)

// severity names a diagnostic's severity.
func severity(d *hcl.Diagnostic) string { return diag.SeverityOf(d).String() }

// Diagnostic is the JSON output of a diagnostic.
type Diagnostic struct {
	Severity string          `json:"severity"` // "error" or "warning"
	Code     string          `json:"code"`
	Summary  string          `json:"summary"`
	Detail   string          `json:"detail"`
	Address  string          `json:"address,omitempty"`
	Range    *planfile.Range `json:"range,omitempty"`
	Path     string          `json:"path,omitempty"`  // of the value in the object, if range is that of a value around it
	File     string          `json:"file,omitempty"`  // the JSON file that the value comes from
	Count    int             `json:"count,omitempty"` // how many equal problems there are, if path is that of the first
}

// JSONDiagnostics returns the JSON output of diagnostics; never nil, so that it encodes as a list.
func JSONDiagnostics(diags diag.Shown) []Diagnostic {
	out := make([]Diagnostic, 0, len(diags.List()))
	for _, d := range diags.List() {
		j := Diagnostic{Severity: severity(d), Code: diag.Code(d), Summary: d.Summary, Detail: d.Detail}
		if extra, ok := d.Extra.(diag.Extra); ok {
			j.Address, j.Path, j.File, j.Count = extra.Address, extra.Path, extra.File, extra.Count
		}
		if d.Subject != nil {
			j.Range = planfile.NewRange(*d.Subject)
		}
		out = append(out, j)
	}
	return out
}
