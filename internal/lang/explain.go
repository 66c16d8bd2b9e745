package lang

import (
	"errors"
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// explain reports the HCL diagnostics of one evaluation, and replaces those for which ddmon has a better message.
func (s *Scope) explain(x *Expression, diags hcl.Diagnostics) {
	for i, d := range diags {
		withoutSecretKey(d)
		if call, ok := hcl.DiagnosticExtra[hclsyntax.FunctionCallDiagExtra](d); ok {
			var known *functionError
			if errors.As(call.FunctionCallError(), &known) {
				at := *d.Subject
				if e, ok := d.Expression.(*hclsyntax.FunctionCallExpr); ok && known.arg > 0 && known.arg <= len(e.Args) {
					at = e.Args[known.arg-1].Range()
				}
				diags[i] = diag.Error(known.code, known.summary, known.detail, at)
				continue
			}
		}
		if d.Summary == "Invalid index" {
			if better := s.missingKey(x, d); better != nil {
				diags[i] = better
			}
		}
	}
	s.Report.AddHCL(diags)
}

// missingKey returns a diagnostic for a failed index on a block with for_each.
func (s *Scope) missingKey(x *Expression, d *hcl.Diagnostic) *hcl.Diagnostic {
	for _, t := range x.Variables() {
		address, _, ok := object.AddressOf(t)
		root := s.roots[address.Kind]
		if !ok || root.Instances == nil || d.Subject == nil {
			continue
		}
		in := root.Instances(address.Name)
		if in == nil {
			continue
		}
		at := t.SourceRange()
		if d.Context != nil && d.Context.Start.Byte == at.Start.Byte || at.Overlaps(*d.Subject) {
			written := ""
			if address.Keyed {
				written = diag.DidYouMean(address.Key, in.Keys)
			}
			address.Keyed = false
			return diag.Error("unknown_name", "Unknown key", fmt.Sprintf("%s has no instance with this key.%s%s", address, written, in.Examples()), *d.Subject)
		}
	}
	return nil
}

// withoutSecretKey removes the key from the one error of the HCL library that quotes a value: a duplicate key in a for
// expression.
func withoutSecretKey(d *hcl.Diagnostic) {
	if d.Summary != "Duplicate object key" || d.Expression == nil || d.EvalContext == nil {
		return
	}
	for _, t := range d.Expression.Variables() {
		if v, diags := t.TraverseAbs(d.EvalContext); diags.HasErrors() || HasSensitive(v) {
			d.Detail = "Two different items produced the same key in this 'for' expression. The key is sensitive and not shown. If duplicates are " +
				"expected, use the ellipsis (...) after the value expression to enable grouping by key."
			return
		}
	}
}
