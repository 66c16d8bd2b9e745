package lang

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// The HCL library drops the marks of a key with which an attribute of an object is chosen: local.object[var.secret]. They
// are put back on the value of the whole expression.

// indexesIn lists the indexes in an expression.
func indexesIn(e hclsyntax.Expression) []*hclsyntax.IndexExpr {
	var found []*hclsyntax.IndexExpr
	_ = hclsyntax.VisitAll(e, func(n hclsyntax.Node) hcl.Diagnostics {
		if index, ok := n.(*hclsyntax.IndexExpr); ok {
			found = append(found, index)
		}
		return nil
	})
	return found
}

// withChosen returns the value of an expression with the marks of the sensitive keys that chose a part of it. again
// evaluates a part by itself; it is false if that has no value.
func withChosen(e hclsyntax.Expression, indexes []*hclsyntax.IndexExpr, value cty.Value, context *hcl.EvalContext,
	again func(hclsyntax.Expression, *hcl.EvalContext) (cty.Value, bool)) cty.Value {
	for _, index := range indexes {
		marks := marksOf(e, index.Key, context, again)
		if len(marks) == 0 {
			continue
		}
		from, ok := again(index.Collection, context)
		if ok && !from.Type().IsObjectType() {
			continue // others keep the marks
		}
		for m := range marks {
			value = value.Mark(m)
		}
	}
	return value
}

// marksOf returns the marks of a key. One that depends on the names of a for expression is held to be as sensitive as
// all that is in the expression.
func marksOf(e, key hclsyntax.Expression, context *hcl.EvalContext, again func(hclsyntax.Expression, *hcl.EvalContext) (cty.Value, bool)) cty.ValueMarks {
	marks := cty.ValueMarks{}
	add := func(v cty.Value) {
		for m := range cty.ValueMarksOfTypeDeep[sensitiveMark](v) {
			marks[m] = struct{}{}
		}
	}
	if v, ok := again(key, context); ok {
		add(v)
		return marks
	}
	for _, t := range e.Variables() {
		add(nearest(t, context))
	}
	return marks
}
