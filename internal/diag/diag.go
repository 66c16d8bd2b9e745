package diag

import (
	"cmp"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/suggest"
)

// Extra is what ddmon adds to an hcl.Diagnostic: it stands in the Extra field.
type Extra struct {
	// Code is stable across versions and names the rule: "unknown_field".
	Code string
	// Address is the object concerned; empty if the diagnostic is about something else.
	Address string
	// Info lowers a warning to a remark. The HCL library has no such severity; ask SeverityOf, not the diagnostic.
	Info bool
}

// Error returns a diagnostic that stops the command. The summary has at most eight words and no full stop; the
// detail says in full sentences what to do.
func Error(code, summary, detail string, at hcl.Range) *hcl.Diagnostic {
	return build(hcl.DiagError, code, summary, detail, at)
}

// Warning returns a diagnostic that stops nothing.
func Warning(code, summary, detail string, at hcl.Range) *hcl.Diagnostic {
	return build(hcl.DiagWarning, code, summary, detail, at)
}

// Info returns a diagnostic that is worth knowing and may well be meant.
func Info(code, summary, detail string, at hcl.Range) *hcl.Diagnostic {
	d := build(hcl.DiagWarning, code, summary, detail, at)
	d.Extra = Extra{Code: code, Info: true}
	return d
}

// About returns the diagnostic with the address of the object concerned, everything else unchanged.
func About(d *hcl.Diagnostic, address string) *hcl.Diagnostic {
	out := *d
	extra, _ := d.Extra.(Extra)
	out.Extra = Extra{Code: Code(d), Address: address, Info: extra.Info}
	return &out
}

func build(severity hcl.DiagnosticSeverity, code, summary, detail string, at hcl.Range) *hcl.Diagnostic {
	d := &hcl.Diagnostic{Severity: severity, Summary: summary, Detail: detail, Extra: Extra{Code: code}}
	if at.Filename != "" {
		d.Subject = &at
	}
	return d
}

// Code returns a diagnostic's code, or "hcl" for one that the HCL library made.
func Code(d *hcl.Diagnostic) string {
	if extra, ok := d.Extra.(Extra); ok {
		return extra.Code
	}
	return "hcl"
}

// Sort orders diagnostics by file and position, errors first where they are at one place, so that output does not
// depend on the order of work. Those without a position come last.
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

// DidYouMean returns ` Did you mean "x"?` with a leading blank, or "" if nothing is close.
func DidYouMean(written string, candidates []string) string {
	if s := suggest.Closest(written, candidates); s != "" {
		return ` Did you mean "` + s + `"?`
	}
	return ""
}
