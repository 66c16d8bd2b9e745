package limit

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// numberIn returns the position of the first number in brackets in a traversal, or -1.
func numberIn(t hcl.Traversal) int {
	for i, step := range t {
		if index, ok := step.(hcl.TraverseIndex); ok && index.Key.Type() == cty.Number {
			return i
		}
	}
	return -1
}

// traversal counts the numbers in brackets of a traversal that are keys of maps: each is converted to a string.
func (m *Meter) traversal(e *hclsyntax.ScopeTraversalExpr, ctx *hcl.EvalContext) *Error {
	at := numberIn(e.Traversal)
	if at < 0 {
		return nil
	}
	v, diags := e.Traversal[:at].TraverseAbs(ctx)
	if diags.HasErrors() {
		return nil
	}
	return m.numbered(v, e.Traversal[at:])
}

// relative is traversal for a traversal after an expression, which it evaluates.
func (m *Meter) relative(e *hclsyntax.RelativeTraversalExpr, ctx *hcl.EvalContext) (hclsyntax.Expression, *Error) {
	at := numberIn(e.Traversal)
	if at < 0 {
		return e, nil
	}
	source := m.given(e.Source, ctx)
	v, diags := e.Traversal[:at].TraverseRel(source.Val)
	if !diags.HasErrors() {
		if f := m.numbered(v, e.Traversal[at:]); f != nil {
			return nil, f
		}
	}
	return &hclsyntax.RelativeTraversalExpr{Source: source, Traversal: e.Traversal, SrcRange: e.SrcRange}, nil
}

// numbered counts the numbers of a traversal that starts with a number. A number that is the index of a list is not
// counted.
func (m *Meter) numbered(v cty.Value, t hcl.Traversal) *Error {
	if typ := v.Type(); typ.IsTupleType() || typ.IsListType() {
		t = t[1:]
	}
	for _, step := range t {
		index, ok := step.(hcl.TraverseIndex)
		if !ok || index.Key.Type() != cty.Number {
			continue
		}
		steps, _ := writing(index.Key)
		if f := m.Spend(add(writtenSteps, steps), 0); f != nil {
			return f
		}
	}
	return nil
}
