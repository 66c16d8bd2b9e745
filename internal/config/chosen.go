package config

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

// chosen returns the value with the marks of the sensitive keys that chose a part of it.
func (x *expression) chosen(value cty.Value, context *hcl.EvalContext) cty.Value {
	for _, index := range x.indexes {
		from, diags := index.Collection.Value(context)
		if !diags.HasErrors() && !from.Type().IsObjectType() {
			continue // others keep the marks
		}
		for m := range x.marksOf(index.Key, context) {
			value = value.Mark(m)
		}
	}
	return value
}

// marksOf returns the marks of a key. One that depends on the names of a for expression is held to be as sensitive as
// all that is in the expression.
func (x *expression) marksOf(key hclsyntax.Expression, context *hcl.EvalContext) cty.ValueMarks {
	marks := cty.ValueMarks{}
	add := func(v cty.Value) {
		for m := range cty.ValueMarksOfTypeDeep[sensitiveMark](v) {
			marks[m] = struct{}{}
		}
	}
	if v, diags := key.Value(context); !diags.HasErrors() {
		add(v)
		return marks
	}
	for _, t := range x.Variables() {
		add(nearest(t, context))
	}
	return marks
}
