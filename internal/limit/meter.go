package limit

import (
	"context"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// Meter counts what one reading of a configuration does. Once a limit of the whole is passed, nothing more is evaluated.
type Meter struct {
	ctx                  context.Context
	steps, bytes, tokens int
	calls                int
	fault                *Fault // the one that ended evaluation
}

// NewMeter returns a meter that also stops when the context is done; nil is one that never is.
func NewMeter(ctx context.Context) *Meter {
	if ctx == nil {
		ctx = context.Background()
	}
	return &Meter{ctx: ctx}
}

// Fault is the limit that ended evaluation, or nil.
func (m *Meter) Fault() *Fault { return m.fault }

// Steps is how many were counted.
func (m *Meter) Steps() int { return m.steps }

// Spend counts steps and bytes of values that are made.
func (m *Meter) Spend(steps, bytes int) *Fault {
	m.steps += steps
	m.bytes += bytes
	m.calls++
	switch {
	case m.fault != nil:
	case m.steps > MaxSteps || steps > MaxSteps || steps < 0:
		m.fault = tooManySteps()
	case m.bytes > MaxMemory || bytes < 0:
		m.fault = tooMuchMemory()
	case m.calls%1024 == 0 && m.ctx.Err() != nil:
		m.fault = &Fault{Summary: "Interrupted", Detail: "Reading the configuration was interrupted."}
	}
	return m.fault
}

// End ends evaluation for a reason that was reported: nothing more is evaluated.
func (m *Meter) End() {
	if m.fault == nil {
		m.fault = &Fault{Summary: "Evaluation ended", Detail: "Evaluation ended after too many problems."}
	}
}

// stopped is what a panic carries that ends an evaluation in the middle: HCL's own evaluation goes on after an error, and
// would go on for as long as it was going to take.
type stopped struct{}

// stop ends the evaluation in progress.
func (m *Meter) stop(f *Fault, at hcl.Range) {
	m.fault = f.Place(at)
	panic(stopped{})
}

// Value evaluates an expression whose parts were given to Wrap. If a limit is passed the value is unknown, and the fault
// says where; diagnostics then are left out, since they only follow from it.
func (m *Meter) Value(e hclsyntax.Expression, ctx *hcl.EvalContext) (value cty.Value, diags hcl.Diagnostics, fault *Fault) {
	defer func() {
		if caught := recover(); caught != nil {
			if _, ours := caught.(stopped); !ours {
				panic(caught)
			}
			value, diags, fault = cty.DynamicVal, nil, m.fault
		}
	}()
	if m.fault != nil {
		return cty.DynamicVal, nil, m.fault
	}
	value, diags = m.evaluate(e, e, ctx)
	return value, diags, nil
}

// evaluate evaluates one node and checks what it makes. It panics where a limit is passed.
func (m *Meter) evaluate(node, within hclsyntax.Expression, ctx *hcl.EvalContext) (cty.Value, hcl.Diagnostics) {
	if f := m.Spend(nodeSteps, 0); f != nil {
		m.stop(f, within.Range())
	}
	var f *Fault
	switch e := node.(type) {
	case *hclsyntax.ConditionalExpr:
		node, f = m.conditional(e, ctx)
	case *hclsyntax.FunctionCallExpr:
		node, f = m.call(e, ctx)
	}
	if f != nil {
		m.stop(f, within.Range())
	}
	value, diags := node.Value(ctx)
	if m.fault != nil { // a function passed a limit, and try() may have covered it
		m.stop(m.fault, within.Range())
	}
	if f := m.check(node, value); f != nil {
		m.stop(f, within.Range())
	}
	return value, diags
}

// check judges what a node made.
func (m *Meter) check(node hclsyntax.Expression, value cty.Value) *Fault {
	bare, marks := value.Unmark()
	if f := m.Spend(len(marks), markBytes*len(marks)); f != nil { // they are copied each time
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
	case *hclsyntax.BinaryOpExpr, *hclsyntax.LiteralValueExpr:
		if bare.Type() != cty.Number || !grows(node) {
			return nil
		}
		if f := checkNumber(bare); f != nil {
			return f
		}
		return m.Spend(0, int(bare.AsBigFloat().Prec()/8))
	}
	return nil
}

// isFlat reports whether a list or object is written with texts and numbers only, which were judged one by one.
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

// grows reports whether an operation may make a number much larger or smaller than those it is given. A sum has at most
// a digit more; no file is long enough to make a large number so.
func grows(node hclsyntax.Expression) bool {
	op, ok := node.(*hclsyntax.BinaryOpExpr)
	return !ok || op.Op == hclsyntax.OpMultiply || op.Op == hclsyntax.OpDivide || op.Op == hclsyntax.OpModulo
}

// made judges a value that is new at its top, and counts it.
func (m *Meter) made(v cty.Value) *Fault {
	size, f := m.Measure(v)
	if f != nil {
		return f
	}
	switch t := v.Type(); {
	case t == cty.String:
		return m.Spend(0, size.Bytes)
	case t.IsPrimitiveType():
		return nil
	}
	return m.Spend(0, elementBytes*v.LengthInt())
}
