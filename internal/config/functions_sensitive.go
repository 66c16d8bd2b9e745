package config

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/customdecode"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
)

// anyValue takes a value as it is, marks and all.
var anyValue = function.Parameter{
	Name: "value", Type: cty.DynamicPseudoType, AllowMarked: true, AllowNull: true, AllowUnknown: true, AllowDynamicType: true,
}

func sameType(args []cty.Value) (cty.Type, error) { return args[0].Type(), nil }

// sensitiveFunc marks a value as sensitive that does not come from a sensitive variable.
var sensitiveFunc = function.New(&function.Spec{
	Params: []function.Parameter{anyValue},
	Type:   sameType,
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		return args[0].Mark(sensitiveMark("sensitive()")), nil
	},
})

// nonsensitive says that a value made from a sensitive one gives nothing away.
func (l *loader) nonsensitive() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{anyValue},
		Type:   sameType,
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if hasSensitive(args[0]) {
				l.forget(args[0])
			}
			return without[sensitiveMark](args[0]), nil
		},
	})
}

// deciding makes try and can return a value that is as sensitive as what decided it: a sensitive value in an expression
// that fails, or for can in the one that is tried, says something of itself by that.
func deciding(f function.Function, always bool) function.Function {
	spec := &function.Spec{
		Params: f.Params(), VarParam: f.VarParam(),
		Type: func(args []cty.Value) (cty.Type, error) { return f.ReturnTypeForValues(args) },
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			v, err := f.Call(args)
			if err != nil {
				return v, err
			}
			return v.WithMarks(decidedBy(args, always)), nil
		},
	}
	return function.New(spec)
}

// decidedBy are the marks of the sensitive values in the expressions that fail, up to the first that does not.
func decidedBy(args []cty.Value, always bool) cty.ValueMarks {
	marks := cty.ValueMarks{}
	for _, arg := range args {
		closure := customdecode.ExpressionClosureFromVal(arg)
		_, diags := closure.Value()
		if !diags.HasErrors() && !always {
			break
		}
		for _, t := range closure.Expression.Variables() {
			for m := range cty.ValueMarksOfTypeDeep[sensitiveMark](nearest(t, closure.EvalContext)) {
				marks[m] = struct{}{}
			}
		}
		if !diags.HasErrors() {
			break
		}
	}
	return marks
}

// nearest follows a traversal as far as there is a value.
func nearest(t hcl.Traversal, context *hcl.EvalContext) cty.Value {
	for n := len(t); n > 0; n-- {
		if v, diags := t[:n].TraverseAbs(context); !diags.HasErrors() {
			return v
		}
	}
	return cty.NullVal(cty.DynamicPseudoType)
}
