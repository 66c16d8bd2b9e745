package limit

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// conditional evaluates each part of a conditional once and checks the cost of unifying the types of the two results.
// Simple cases are unified here, because cty takes seconds for {} and a map with thousands of elements.
func (m *Meter) conditional(e *hclsyntax.ConditionalExpr, ctx *hcl.EvalContext) (hclsyntax.Expression, *Error) {
	yes, no, condition := m.given(e.TrueResult, ctx), m.given(e.FalseResult, ctx), m.given(e.Condition, ctx)
	if isStructure(yes.Val) && isStructure(no.Val) && !yes.Val.Type().Equals(no.Val.Type()) {
		work, deep := 0, 0
		for _, v := range []cty.Value{yes.Val, no.Val} {
			size, f := m.Measure(v)
			if f != nil {
				return nil, f
			}
			work, deep = add(work, size.work()), add(deep, size.Elements)
		}
		alike, ok := alike(yes.Val, no.Val)
		if ok && condition.Val.IsKnown() {
			yes.Val, no.Val = alike[0], alike[1]
		} else {
			work = add(work, unifying(yes.Val, no.Val))
			work = add(work, inside(deep))
			if hasSet(yes.Val.Type()) || hasSet(no.Val.Type()) {
				work = add(work, multiply(deep, deep)/2)
			}
		}
		if f := m.Spend(work, 0); f != nil {
			return nil, f
		}
	}
	for _, results := range [][2]cty.Value{{yes.Val, no.Val}, {no.Val, yes.Val}} {
		if results[1].Type() != cty.String { // if one result is a string, a number becomes a string
			continue
		}
		if f := m.numerals(results[0], cty.String); f != nil {
			return nil, f
		}
	}
	return &hclsyntax.ConditionalExpr{Condition: condition, TrueResult: yes, FalseResult: no, SrcRange: e.SrcRange}, nil
}

// given is an expression that has been evaluated.
type given struct {
	*hclsyntax.LiteralValueExpr
	diags hcl.Diagnostics
}

// Value returns the result of the expression.
func (g *given) Value(*hcl.EvalContext) (cty.Value, hcl.Diagnostics) { return g.Val, g.diags }

func (m *Meter) given(e hclsyntax.Expression, ctx *hcl.EvalContext) *given {
	v, diags := e.Value(ctx)
	return &given{&hclsyntax.LiteralValueExpr{Val: v, SrcRange: e.Range()}, diags}
}

// isStructure reports whether a value is a known list or map of any kind.
func isStructure(v cty.Value) bool {
	v, _ = v.Unmark()
	return v.IsKnown() && !v.IsNull() && !v.Type().IsPrimitiveType() && v.CanIterateElements()
}

// alike converts two tuples to lists, or two objects to maps, if all elements have the same type. If the condition is
// known, cty gets the same result, after comparing every pair of elements.
func alike(values ...cty.Value) (out []cty.Value, ok bool) {
	element := cty.NilType
	lists, keyed := 0, 0
	for _, v := range values {
		v, _ = v.Unmark()
		t := v.Type()
		switch {
		case t.IsTupleType() || t.IsListType():
			lists++
		case t.IsObjectType() || t.IsMapType():
			keyed++
		}
		for _, e := range elementTypes(t) {
			if element == cty.NilType {
				element = e
			}
			if e.HasDynamicTypes() || !e.Equals(element) {
				return nil, false
			}
		}
	}
	if element == cty.NilType || lists != len(values) && keyed != len(values) {
		return nil, false
	}
	for _, v := range values {
		bare, marks := v.Unmark()
		switch {
		case lists > 0 && bare.LengthInt() == 0:
			bare = cty.ListValEmpty(element)
		case lists > 0:
			bare = cty.ListVal(bare.AsValueSlice())
		case bare.LengthInt() == 0:
			bare = cty.MapValEmpty(element)
		default:
			bare = cty.MapVal(bare.AsValueMap())
		}
		out = append(out, bare.WithMarks(marks))
	}
	return out, true
}

// unifying returns the cost of unifying the types of two values. For two objects with the same keys, or two tuples of
// the same length, cty compares corresponding elements. Otherwise it compares every pair of elements.
func unifying(yes, no cty.Value) int {
	yes, _ = yes.Unmark()
	no, _ = no.Unmark()
	n := yes.LengthInt() + no.LengthInt()
	if samePlaces(yes.Type(), no.Type()) {
		return multiply(n, pairSteps)
	}
	types := append(elementTypes(yes.Type()), elementTypes(no.Type())...)
	return pairs(n, slices.ContainsFunc(types, func(t cty.Type) bool { return !t.IsPrimitiveType() }))
}

// samePlaces reports whether two types are objects with the same keys or tuples of the same length.
func samePlaces(a, b cty.Type) bool {
	switch {
	case a.IsTupleType() && b.IsTupleType():
		return a.Length() == b.Length()
	case a.IsObjectType() && b.IsObjectType():
		theirs := b.AttributeTypes()
		for key := range a.AttributeTypes() {
			if _, ok := theirs[key]; !ok {
				return false
			}
		}
		return len(theirs) == len(a.AttributeTypes())
	}
	return false
}
