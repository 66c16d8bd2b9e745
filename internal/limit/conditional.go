package limit

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// conditional evaluates the two results of a condition, and judges the work of finding one type for them. Where that is
// simple it is done here: for a map of thousands and {} in its place, cty takes seconds.
func (m *Meter) conditional(e *hclsyntax.ConditionalExpr, ctx *hcl.EvalContext) (hclsyntax.Expression, *Fault) {
	yes, problems := e.TrueResult.Value(ctx)
	no, more := e.FalseResult.Value(ctx)
	if len(problems)+len(more) > 0 {
		return e, nil
	}
	if isStructure(yes) && isStructure(no) && !yes.Type().Equals(no.Type()) {
		work := 0
		for _, v := range []cty.Value{yes, no} {
			size, f := m.Measure(v)
			if f != nil {
				return nil, f
			}
			work = add(work, size.work())
		}
		alike, ok := alike(yes, no)
		if ok {
			yes, no = alike[0], alike[1]
		} else {
			work = add(work, unifying(yes, no))
		}
		if f := m.Spend(work, 0); f != nil {
			return nil, f
		}
	}
	return &hclsyntax.ConditionalExpr{
		Condition: e.Condition, SrcRange: e.SrcRange,
		TrueResult:  &hclsyntax.LiteralValueExpr{Val: yes, SrcRange: e.TrueResult.Range()},
		FalseResult: &hclsyntax.LiteralValueExpr{Val: no, SrcRange: e.FalseResult.Range()},
	}, nil
}

// isStructure reports whether a value is a known list or map of any kind.
func isStructure(v cty.Value) bool {
	v, _ = v.Unmark()
	return v.IsKnown() && !v.IsNull() && !v.Type().IsPrimitiveType() && v.CanIterateElements()
}

// alike returns two tuples as lists, or two objects as maps, if all that is in them has one type: what cty would make of
// them as well, after comparing each with each.
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

// elementTypes lists the types of what is in a list, map, tuple or object; of a list or map that is one.
func elementTypes(t cty.Type) []cty.Type {
	switch {
	case t.IsTupleType():
		return t.TupleElementTypes()
	case t.IsObjectType():
		return slices.Collect(maps.Values(t.AttributeTypes()))
	case t.IsCollectionType():
		return []cty.Type{t.ElementType()}
	}
	return nil
}

// unifying is what finding one type for two values takes, each element of which may have its own.
func unifying(yes, no cty.Value) int {
	n, structural := 0, false
	for _, v := range []cty.Value{yes, no} {
		v, _ = v.Unmark()
		n += v.LengthInt()
		for _, e := range elementTypes(v.Type()) {
			structural = structural || !e.IsPrimitiveType()
		}
	}
	if structural {
		return multiply(n, n) / 2 * pairSteps
	}
	return multiply(n, n) / 10
}
