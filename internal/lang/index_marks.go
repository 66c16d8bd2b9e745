package lang

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// The HCL library drops the marks of a key that selects an attribute of an object: local.object[var.secret]. This file
// restores them on the value of the whole expression.

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

// withIndexMarks returns the value of an expression with the marks of the sensitive keys in its indexes. again
// evaluates a part by itself; it is false if that fails.
func withIndexMarks(e hclsyntax.Expression, indexes []*hclsyntax.IndexExpr, value cty.Value, context *hcl.EvalContext,
	again func(hclsyntax.Expression, *hcl.EvalContext) (cty.Value, bool)) cty.Value {
	for _, index := range indexes {
		marks := marksOf(e, index.Key, context, again)
		if len(marks) == 0 {
			continue
		}
		from, ok := again(index.Collection, context)
		if ok && !from.Type().IsObjectType() {
			continue // other types keep the marks
		}
		for m := range marks {
			value = value.Mark(m)
		}
	}
	return value
}

// marksOf returns the marks of a key. A key that depends on the variables of a for expression is treated as sensitive
// as everything in the expression.
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
