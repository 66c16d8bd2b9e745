package limit

import (
	"fmt"
	"math/big"
	"slices"
	"strconv"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// Expr wraps a part of an expression to count its evaluation. Code that walks the tree sees it as parentheses.
type Expr struct {
	*hclsyntax.ParenthesesExpr
	meter *Meter
	use   use
}

// use is how the value of a part is used.
type use uint

const (
	each       use = 1 << iota // evaluated for each element
	copied                     // a string is copied into a longer one
	numeral                    // a string can be parsed as a number
	iterated                   // the elements are sorted
	key                        // a number is converted to a string, as the key of a map
	keyOrIndex                 // like key, unless it is the index of a list
)

// Value evaluates the part. It panics if a limit is exceeded; Meter.Value recovers.
func (x *Expr) Value(ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if x.use&each != 0 {
		if f := x.meter.Spend(iterationSteps, 0); f != nil {
			x.meter.stop(f, x.Range())
		}
	}
	value, diags := x.meter.evaluate(x.Expression, x, ctx)
	if x.use&(copied|key) != 0 {
		value = written(value)
	}
	if x.use&each != 0 && len(diags) > 0 {
		if f := x.meter.Spend(0, problemBytes*len(diags)); f != nil {
			x.meter.stop(f, x.Range())
		}
	}
	if f := x.meter.used(value, x.use); f != nil {
		x.meter.stop(f, x.Range())
	}
	return value, diags
}

// written converts an integer to a string, as a template does. cty takes a hundred times as long, because it searches
// for the shortest representation of a fraction.
func written(value cty.Value) cty.Value {
	bare, marks := value.Unmark()
	if !bare.IsKnown() || bare.IsNull() || bare.Type() != cty.Number {
		return value
	}
	if n, accuracy := bare.AsBigFloat().Int64(); accuracy == big.Exact {
		return cty.StringVal(strconv.FormatInt(n, 10)).WithMarks(marks)
	}
	return value
}

// used counts the cost of using a value.
func (m *Meter) used(value cty.Value, as use) *Error {
	if as&^each == 0 {
		return nil
	}
	value, _ = value.Unmark()
	if !value.IsKnown() || value.IsNull() {
		return nil
	}
	switch t := value.Type(); {
	case t == cty.String && as&numeral != 0:
		if as&keyOrIndex != 0 { // of a map, unless it is a number
			return m.Spend(readingSteps(value.AsString()), 0)
		}
		steps, f := numeralCost(value.AsString())
		if f != nil {
			return f
		}
		return m.Spend(steps, 0)
	case t == cty.String && as&copied != 0:
		return m.Spend(0, len(value.AsString()))
	case t == cty.Number && as&keyOrIndex != 0 && isWhole(value):
		return m.Spend(indexSteps, 0)
	case t == cty.Number && as&(copied|key|keyOrIndex) != 0:
		steps, _ := writing(value)
		return m.Spend(digitSteps+steps, 0)
	case t.IsPrimitiveType() || !value.CanIterateElements():
		return nil
	case as&iterated != 0:
		return m.Spend(ordering(value), 0)
	}
	return nil
}

// indexSteps is the cost of an integer in brackets, which is converted to a string only for a map.
const indexSteps = 10

// UnwrapExpression returns the wrapped expression for HCL's static analysis.
func (x *Expr) UnwrapExpression() hcl.Expression { return x.Expression }

// Wrap wraps all parts of all expressions in a body to count their evaluation. It changes the expressions in place. It
// returns an Error if an expression is nested too deep.
func (m *Meter) Wrap(body *hclsyntax.Body) *Error {
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

// WrapExpr is Wrap for the parts of one expression. Evaluate the expression itself with Meter.Value.
func (m *Meter) WrapExpr(e hclsyntax.Expression) *Error { return m.wrap(e, 0, 0) }

// maxLoops is the maximum nesting of for expressions. HCL searches for a name in each of them, from the inside out.
const maxLoops = 100

func (m *Meter) wrap(e hclsyntax.Expression, depth, loops int) *Error {
	if _, isFor := e.(*hclsyntax.ForExpr); isFor {
		loops++
	}
	if loops > maxLoops {
		at := e.Range()
		return &Error{Summary: "Nesting too deep", Detail: fmt.Sprintf("More than %d for expressions are nested. Split them into several locals.", maxLoops), Range: &at}
	}
	if depth > MaxDepth {
		at := e.Range()
		return &Error{Summary: "Nesting too deep", Detail: fmt.Sprintf("The expression has more than %s levels (limit MaxDepth). Each operator of a chain is a level. Split it "+
			"into several locals, or use a function such as sum or join on a list.", number(MaxDepth)), Range: &at}
	}
	for _, part := range partsOf(e) {
		if f := m.wrap(*part.expr, depth+1, loops); f != nil {
			return f
		}
		if part.use != 0 || !isLeaf(*part.expr) {
			outer := &hclsyntax.ParenthesesExpr{Expression: *part.expr, SrcRange: (*part.expr).Range()}
			*part.expr = &Expr{ParenthesesExpr: outer, meter: m, use: part.use}
		}
	}
	return nil
}

// isLeaf reports whether an expression is only a literal or a reference.
func isLeaf(e hclsyntax.Expression) bool {
	switch e := e.(type) {
	case *hclsyntax.LiteralValueExpr:
		v, _ := e.Value(nil)
		return v.Type() != cty.Number || v.IsNull() || checkNumber(v) == nil
	case *hclsyntax.TemplateExpr:
		return e.IsStringLiteral()
	case *hclsyntax.ScopeTraversalExpr:
		return numberIn(e.Traversal) < 0
	case *hclsyntax.AnonSymbolExpr, *hclsyntax.ExprSyntaxError, *Expr:
		return true
	}
	return false
}

// part is a subexpression.
type part struct {
	expr *hclsyntax.Expression
	use  use
}

// partsOf returns the subexpressions of an expression.
func partsOf(e hclsyntax.Expression) []part {
	switch e := e.(type) {
	case *hclsyntax.ParenthesesExpr:
		return parts(0, &e.Expression)
	case *hclsyntax.RelativeTraversalExpr:
		return parts(0, &e.Source)
	case *hclsyntax.FunctionCallExpr:
		return parts(0, pointers(e.Args)...)
	case *hclsyntax.ConditionalExpr:
		return parts(0, &e.Condition, &e.TrueResult, &e.FalseResult)
	case *hclsyntax.IndexExpr:
		return append(parts(0, &e.Collection), parts(numeral|keyOrIndex, &e.Key)...)
	case *hclsyntax.TupleConsExpr:
		return parts(0, pointers(e.Exprs)...)
	case *hclsyntax.ObjectConsExpr:
		return itemsOf(e)
	case *hclsyntax.ForExpr:
		all := slices.Concat(parts(iterated, &e.CollExpr), parts(key, &e.KeyExpr), []part{{expr: &e.ValExpr, use: each}})
		if e.CondExpr != nil {
			all = append(all, part{expr: &e.CondExpr, use: each})
		}
		return all
	case *hclsyntax.SplatExpr:
		return append(parts(iterated, &e.Source), part{expr: &e.Each, use: each})
	case *hclsyntax.BinaryOpExpr:
		if e.Op == hclsyntax.OpEqual || e.Op == hclsyntax.OpNotEqual {
			return parts(0, &e.LHS, &e.RHS)
		}
		return parts(numeral, &e.LHS, &e.RHS)
	case *hclsyntax.UnaryOpExpr:
		return parts(numeral, &e.Val)
	case *hclsyntax.TemplateExpr:
		return parts(copied, pointers(e.Parts)...)
	case *hclsyntax.TemplateJoinExpr:
		return parts(0, &e.Tuple)
	case *hclsyntax.TemplateWrapExpr:
		return parts(0, &e.Wrapped)
	}
	return nil
}

// parts returns the expressions that are not nil. The use of most literals is not counted, because they are small.
func parts(as use, exprs ...*hclsyntax.Expression) []part {
	var out []part
	for _, e := range exprs {
		if *e == nil {
			continue
		}
		if literal, ok := (*e).(*hclsyntax.LiteralValueExpr); ok && (as&(copied|key|keyOrIndex) == 0 || literal.Val.Type() != cty.Number) {
			out = append(out, part{expr: e})
		} else {
			out = append(out, part{expr: e, use: as})
		}
	}
	return out
}

func pointers(exprs []hclsyntax.Expression) []*hclsyntax.Expression {
	out := make([]*hclsyntax.Expression, len(exprs))
	for i := range exprs {
		out[i] = &exprs[i]
	}
	return out
}

// itemsOf returns the values and the computed keys of an object.
func itemsOf(e *hclsyntax.ObjectConsExpr) []part {
	var out []part
	for i := range e.Items {
		item := &e.Items[i]
		out = append(out, part{expr: &item.ValueExpr})
		if name, ok := item.KeyExpr.(*hclsyntax.ObjectConsKeyExpr); ok && hcl.ExprAsKeyword(name.Wrapped) == "" {
			out = append(out, parts(key, &name.Wrapped)...)
		}
	}
	return out
}
