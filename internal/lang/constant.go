package lang

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/limit"
)

// Constant evaluates an expression without variables and functions. If that fails, it reports why and returns false.
func Constant(e hcl.Expression, report *Reporter) (cty.Value, bool) {
	value, diags, fault := evaluate(report.Meter, e)
	report.AddHCL(diags)
	if fault != nil {
		report.Limit(fault)
	}
	return value, fault == nil && !diags.HasErrors()
}

// evaluate evaluates an HCL or JSON expression without variables and functions.
func evaluate(m *limit.Meter, e hcl.Expression) (cty.Value, hcl.Diagnostics, *limit.Error) {
	if native, ok := e.(hclsyntax.Expression); ok {
		return m.Value(native, nil)
	}
	value, diags := e.Value(nil)
	if fault := m.CheckValue(value); fault != nil {
		at := e.Range()
		fault.Range = &at
		return cty.DynamicVal, nil, fault
	}
	return value, diags, nil
}
