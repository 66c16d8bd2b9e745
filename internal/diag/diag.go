package diag

import (
	"cmp"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/suggest"
)

// Extra is ddmon's data in the Extra field of an hcl.Diagnostic.
type Extra struct {
	// Code names the rule and is stable across versions: "unknown_field".
	Code string
	// Address is the object that the diagnostic is about, if any.
	Address string
	// Path is the path of the value in the object, if Subject is the position of a value around it.
	Path string
	// File is the name of the JSON file that the value comes from, if known.
	File string
	// Count is how many equal problems there are if the diagnostic has a Path, which is then that of the first one.
	Count int
	// Info lowers a warning to the severity info, which the HCL library does not have. Use SeverityOf to read the
	// severity.
	Info bool
}

// Error returns a diagnostic that stops the command. The summary has at most eight words and no full stop. The detail
// says in full sentences what is wrong and what to do.
func Error(code, summary, detail string, at hcl.Range) *hcl.Diagnostic {
	return build(hcl.DiagError, code, summary, detail, at)
}

// Warning returns a diagnostic that does not stop the command.
func Warning(code, summary, detail string, at hcl.Range) *hcl.Diagnostic {
	return build(hcl.DiagWarning, code, summary, detail, at)
}

// Info returns a diagnostic about something unusual that can be intended.
func Info(code, summary, detail string, at hcl.Range) *hcl.Diagnostic {
	d := build(hcl.DiagWarning, code, summary, detail, at)
	d.Extra = Extra{Code: code, Info: true}
	return d
}

// About returns a copy of the diagnostic with the address of the object that it is about.
func About(d *hcl.Diagnostic, address string) *hcl.Diagnostic {
	out := *d
	extra, _ := d.Extra.(Extra)
	extra.Code, extra.Address = Code(d), address
	out.Extra = extra
	return &out
}

func build(severity hcl.DiagnosticSeverity, code, summary, detail string, at hcl.Range) *hcl.Diagnostic {
	d := &hcl.Diagnostic{Severity: severity, Summary: summary, Detail: detail, Extra: Extra{Code: code}}
	if at.Filename != "" {
		d.Subject = &at
	}
	return d
}

// Code returns a diagnostic's code, or "hcl" for diagnostics of the HCL library.
func Code(d *hcl.Diagnostic) string {
	if extra, ok := d.Extra.(Extra); ok {
		return extra.Code
	}
	return "hcl"
}

// Sort sorts diagnostics by file, position and severity, so that output is deterministic. Diagnostics without a
// position are last.
func Sort(diags hcl.Diagnostics) {
	slices.SortStableFunc(diags, func(a, b *hcl.Diagnostic) int {
		switch {
		case a.Subject == nil && b.Subject == nil:
			return cmp.Or(cmp.Compare(SeverityOf(a), SeverityOf(b)), cmp.Compare(a.Summary, b.Summary), cmp.Compare(a.Detail, b.Detail))
		case a.Subject == nil:
			return 1
		case b.Subject == nil:
			return -1
		}
		return cmp.Or(
			cmp.Compare(a.Subject.Filename, b.Subject.Filename),
			cmp.Compare(a.Subject.Start.Byte, b.Subject.Start.Byte),
			cmp.Compare(SeverityOf(a), SeverityOf(b)),
			cmp.Compare(a.Summary, b.Summary),
			cmp.Compare(a.Detail, b.Detail),
		)
	})
}

// DidYouMean returns ` Did you mean "x"?` with a leading space, or "" if no candidate is similar.
func DidYouMean(name string, candidates []string) string {
	if s := suggest.Closest(name, candidates); s != "" {
		return ` Did you mean "` + s + `"?`
	}
	return ""
}
