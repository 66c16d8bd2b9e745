package limit

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// Expr is a part of an expression whose evaluation is counted. To all who walk the tree it is a pair of parentheses.
type Expr struct {
	*hclsyntax.ParenthesesExpr
	meter *Meter
	each  bool // it is evaluated for each element
	long  bool // a text that it results in is copied into a longer one
	digit bool // a text that it results in may be read as a number
}

// Value evaluates the part. It panics where a limit is passed; Meter.Value is where that ends.
func (x *Expr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if x.each {
		if f := x.meter.Spend(iterationSteps, 0); f != nil {
			x.meter.stop(f, x.Range())
		}
	}
	value, diags := x.meter.evaluate(x.Expression, x, ctx)
	if x.long || x.digit {
		if f := x.text(value); f != nil {
			x.meter.stop(f, x.Range())
		}
	}
	return value, diags
}

// text judges a text by what will be done with it.
func (x *Expr) text(value cty.Value) *Fault {
	value, _ = value.Unmark()
	if !value.IsKnown() || value.IsNull() || value.Type() != cty.String {
		return nil
	}
	if x.digit {
		return Digits(value.AsString())
	}
	return x.meter.Spend(0, len(value.AsString()))
}

// UnwrapExpression lets HCL's static analysis see the part itself.
func (x *Expr) UnwrapExpression() hcl.Expression { return x.Expression }

// Wrap makes the evaluation of all parts of all expressions in a body counted. It changes the expressions in place. An
// expression that is too deep is a fault.
func (m *Meter) Wrap(body *hclsyntax.Body) *Fault {
	for _, a := range body.Attributes {
		if f := m.WrapExpr(a.Expr); f != nil {
			return f
		}
	}
	for _, b := range body.Blocks {
		if f := m.Wrap(b.Body); f != nil {
			return f
		}
	}
	return nil
}

// WrapExpr does for the parts of one expression what Wrap does for a body. The expression itself is evaluated with
// Meter.Value.
func (m *Meter) WrapExpr(e hclsyntax.Expression) *Fault { return m.wrap(e, 0) }

func (m *Meter) wrap(e hclsyntax.Expression, depth int) *Fault {
	if depth > MaxDepth {
		at := e.Range()
		return &Fault{Summary: "Nested too deep", Detail: fmt.Sprintf("The expression has more than %s levels (limit MaxDepth); each operator of a chain is one. Split it "+
			"into several locals, or use a function such as sum or join on a list.", number(MaxDepth)), Range: &at}
	}
	for _, part := range partsOf(e) {
		if f := m.wrap(*part.expr, depth+1); f != nil {
			return f
		}
		if part.each || part.long || part.digit || !isLeaf(*part.expr) {
			outer := &hclsyntax.ParenthesesExpr{Expression: *part.expr, SrcRange: (*part.expr).Range()}
			*part.expr = &Expr{ParenthesesExpr: outer, meter: m, each: part.each, long: part.long, digit: part.digit}
		}
	}
	return nil
}

// isLeaf reports whether an expression does no more than name a value.
func isLeaf(e hclsyntax.Expression) bool {
	switch e := e.(type) {
	case *hclsyntax.LiteralValueExpr:
		v, _ := e.Value(nil)
		return v.Type() != cty.Number || v.IsNull() || checkNumber(v) == nil
	case *hclsyntax.TemplateExpr:
		return e.IsStringLiteral()
	case *hclsyntax.ScopeTraversalExpr, *hclsyntax.AnonSymbolExpr, *hclsyntax.ExprSyntaxError, *Expr:
		return true
	}
	return false
}

// part is where an expression holds another one.
type part struct {
	expr              *hclsyntax.Expression
	each, long, digit bool
}

// partsOf lists what an expression holds.
func partsOf(e hclsyntax.Expression) []part {
	plain := func(exprs ...*hclsyntax.Expression) []part {
		var parts []part
		for _, e := range exprs {
			if *e != nil {
				parts = append(parts, part{expr: e})
			}
		}
		return parts
	}
	all := func(list []hclsyntax.Expression, long bool) []part {
		parts := make([]part, len(list))
		for i := range list {
			_, literal := list[i].(*hclsyntax.LiteralValueExpr)
			parts[i] = part{expr: &list[i], long: long && !literal}
		}
		return parts
	}
	switch e := e.(type) {
	case *hclsyntax.ParenthesesExpr:
		return plain(&e.Expression)
	case *hclsyntax.RelativeTraversalExpr:
		return plain(&e.Source)
	case *hclsyntax.FunctionCallExpr:
		return all(e.Args, false)
	case *hclsyntax.ConditionalExpr:
		return plain(&e.Condition, &e.TrueResult, &e.FalseResult)
	case *hclsyntax.IndexExpr:
		return append(plain(&e.Collection), digits(&e.Key)...)
	case *hclsyntax.TupleConsExpr:
		return all(e.Exprs, false)
	case *hclsyntax.ObjectConsExpr:
		return itemsOf(e)
	case *hclsyntax.ForExpr:
		parts := plain(&e.CollExpr, &e.KeyExpr, &e.CondExpr)
		return append(parts, part{expr: &e.ValExpr, each: true})
	case *hclsyntax.SplatExpr:
		return append(plain(&e.Source), part{expr: &e.Each, each: true})
	case *hclsyntax.BinaryOpExpr:
		return digits(&e.LHS, &e.RHS)
	case *hclsyntax.UnaryOpExpr:
		return digits(&e.Val)
	case *hclsyntax.TemplateExpr:
		return all(e.Parts, true)
	case *hclsyntax.TemplateJoinExpr:
		return plain(&e.Tuple)
	case *hclsyntax.TemplateWrapExpr:
		return plain(&e.Wrapped)
	}
	return nil
}

// digits lists operands that a text may stand for.
func digits(exprs ...*hclsyntax.Expression) []part {
	var parts []part
	for _, e := range exprs {
		_, literal := (*e).(*hclsyntax.LiteralValueExpr)
		parts = append(parts, part{expr: e, digit: !literal})
	}
	return parts
}

// itemsOf lists the values of an object, and the keys that are computed.
func itemsOf(e *hclsyntax.ObjectConsExpr) []part {
	var parts []part
	for i := range e.Items {
		item := &e.Items[i]
		parts = append(parts, part{expr: &item.ValueExpr})
		if key, ok := item.KeyExpr.(*hclsyntax.ObjectConsKeyExpr); ok && hcl.ExprAsKeyword(key.Wrapped) == "" {
			parts = append(parts, part{expr: &key.Wrapped})
		}
	}
	return parts
}
