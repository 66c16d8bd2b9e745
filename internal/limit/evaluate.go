package limit

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// Value evaluates an expression that was passed to Wrap. If a limit is exceeded, the value is unknown, the Error has
// the location, and there are no diagnostics, because they would only be consequences.
func (m *Meter) Value(e hclsyntax.Expression, ctx *hcl.EvalContext) (value cty.Value, diags hcl.Diagnostics, limitErr *Error) {
	defer func() {
		if caught := recover(); caught != nil {
			if _, ours := caught.(stopped); !ours {
				panic(caught)
			}
			value, diags, limitErr = cty.DynamicVal, nil, m.limitErr
		}
	}()
	if m.limitErr != nil {
		return cty.DynamicVal, nil, m.limitErr
	}
	value, diags = m.evaluate(e, e, ctx)
	return value, diags, nil
}

// evaluate evaluates one node and checks its result. It panics if a limit is exceeded.
func (m *Meter) evaluate(node, within hclsyntax.Expression, ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if f := m.Spend(nodeSteps, 0); f != nil {
		m.stop(f, within.Range())
	}
	var f *Error
	switch e := node.(type) {
	case *hclsyntax.ConditionalExpr:
		node, f = m.conditional(e, ctx)
	case *hclsyntax.BinaryOpExpr:
		node, f = m.comparison(e, ctx)
	case *hclsyntax.FunctionCallExpr:
		node, f = m.call(e, ctx)
	case *hclsyntax.ScopeTraversalExpr:
		f = m.traversal(e, ctx)
	case *hclsyntax.RelativeTraversalExpr:
		node, f = m.relative(e, ctx)
	}
	if f != nil {
		m.stop(f, within.Range())
	}
	value, diags := node.Value(ctx)
	if m.limitErr != nil { // a function exceeded a limit; try() can have hidden it
		m.stop(m.limitErr, within.Range())
	}
	if f := m.check(node, value); f != nil {
		m.stop(f, within.Range())
	}
	return value, diags
}

// check checks the result of a node.
func (m *Meter) check(node hclsyntax.Expression, value cty.Value) *Error {
	bare, marks := value.Unmark()
	if f := m.Spend(len(marks), markBytes*len(marks)); f != nil { // marks are copied each time
		return f
	}
	if !bare.IsKnown() || bare.IsNull() {
		return nil
	}
	switch node.(type) {
	case *hclsyntax.TemplateExpr, *hclsyntax.TemplateJoinExpr:
		if bare.Type() == cty.String {
			return m.made(bare)
		}
	case *hclsyntax.TupleConsExpr, *hclsyntax.ObjectConsExpr:
		if isFlat(node) {
			return m.Spend(0, elementBytes*bare.LengthInt())
		}
		return m.made(bare)
	case *hclsyntax.ForExpr, *hclsyntax.SplatExpr:
		return m.made(bare)
	case *hclsyntax.BinaryOpExpr, *hclsyntax.UnaryOpExpr, *hclsyntax.LiteralValueExpr:
		if bare.Type() != cty.Number {
			return nil
		}
		if f := checkNumber(bare); f != nil {
			return f
		}
		return m.Spend(0, numberBytes(bare))
	}
	return nil
}

// isFlat reports whether a list or object has only string and number literals, which were checked one by one.
func isFlat(node hclsyntax.Expression) bool {
	flat := func(e hclsyntax.Expression) bool {
		if outer, ok := e.(*Expr); ok {
			e = outer.Expression
		}
		switch e.(type) {
		case *hclsyntax.LiteralValueExpr, *hclsyntax.TemplateExpr:
			return true
		}
		return false
	}
	switch node := node.(type) {
	case *hclsyntax.TupleConsExpr:
		for _, e := range node.Exprs {
			if !flat(e) {
				return false
			}
		}
		return true
	case *hclsyntax.ObjectConsExpr:
		for _, item := range node.Items {
			if !flat(item.ValueExpr) {
				return false
			}
		}
		return true
	}
	return false
}

// made checks and counts a new value.
func (m *Meter) made(v cty.Value) *Error {
	if _, f := m.Measure(v); f != nil {
		return f
	}
	switch t := v.Type(); {
	case t == cty.String:
		return m.text(v.AsString())
	case t.IsPrimitiveType():
		return nil
	}
	return m.Spend(0, elementBytes*v.LengthInt())
}
