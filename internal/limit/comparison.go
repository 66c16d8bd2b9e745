package limit

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// comparisons are the operators that test for equality. <= and >= do so for numbers, and convert strings to numbers.
var comparisons = map[*hclsyntax.Operation]struct{ converts bool }{
	hclsyntax.OpEqual: {}, hclsyntax.OpNotEqual: {}, hclsyntax.OpLessThanOrEqual: {true}, hclsyntax.OpGreaterThanOrEqual: {true},
}

// comparisonSteps is the cost of a comparison of two small values.
const comparisonSteps = 10

// comparison evaluates both operands of a comparison and counts its cost, which depends on both: two fractions are
// compared as strings.
func (m *Meter) comparison(e *hclsyntax.BinaryOpExpr, ctx *hcl.EvalContext) (hclsyntax.Expression, *Error) {
	op, ok := comparisons[e.Op]
	if !ok {
		return e, nil
	}
	if f := m.Spend(comparisonSteps, 0); f != nil {
		return e, f
	}
	left, right := m.given(e.LHS, ctx), m.given(e.RHS, ctx)
	out := &hclsyntax.BinaryOpExpr{LHS: left, Op: e.Op, RHS: right, SrcRange: e.SrcRange}
	a, aOK := operand(left.Val, op.converts)
	b, bOK := operand(right.Val, op.converts)
	switch {
	case !aOK || !bOK:
		return out, nil
	case a.Type() == cty.Number && b.Type() == cty.Number:
		if isFraction(a) && isFraction(b) {
			return out, m.Spend(add(comparing(a), comparing(b)), 0)
		}
	case a.Type() == cty.String && b.Type() == cty.String:
		return out, m.Spend(min(len(a.AsString()), len(b.AsString()))/comparedBytes, 0)
	}
	for _, v := range []cty.Value{a, b} {
		if !isStructure(v) {
			continue
		}
		size, f := m.Measure(v)
		if f != nil {
			return out, f
		}
		if f := m.Spend(size.comparing(), 0); f != nil {
			return out, f
		}
	}
	return out, nil
}

// comparedBytes is the number of bytes of two strings that a step compares.
const comparedBytes = 1024

// operand returns a known operand without its marks. A string that will be converted is returned as a number; its length
// and range were checked when it was evaluated.
func operand(v cty.Value, converts bool) (cty.Value, bool) {
	v, _ = v.Unmark()
	if !v.IsKnown() || v.IsNull() {
		return v, false
	}
	if converts && v.Type() == cty.String {
		n, err := cty.ParseNumberVal(v.AsString())
		return n, err == nil
	}
	return v, true
}
