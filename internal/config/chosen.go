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
func (l *loader) chosen(x *expression, value cty.Value, context *hcl.EvalContext) cty.Value {
	return withChosen(x.Expression, x.indexes, value, context, l.again)
}

// withChosen is chosen for any expression. again evaluates a part of it by itself; it is false if that has no value.
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

// again evaluates a part of an expression once more, by itself. It is false if the part has no value by itself, or a
// limit is passed, which is reported.
func (l *loader) again(part hclsyntax.Expression, context *hcl.EvalContext) (cty.Value, bool) {
	v, diags, fault := l.meter.Value(part, context)
	if fault != nil {
		l.passed(fault)
	}
	return v, fault == nil && !diags.HasErrors()
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
