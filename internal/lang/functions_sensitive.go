package lang

import (
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/ext/customdecode"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"ddmon/internal/limit"
)

// anyValue is a parameter that accepts any value, with its marks.
var anyValue = function.Parameter{
	Name: "value", Type: cty.DynamicPseudoType, AllowMarked: true, AllowNull: true, AllowUnknown: true, AllowDynamicType: true,
}

func sameType(args []cty.Value) (cty.Type, error) { return args[0].Type(), nil }

// sensitiveFunc marks any value as sensitive.
var sensitiveFunc = function.New(&function.Spec{
	Params: []function.Parameter{anyValue},
	Type:   sameType,
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		return args[0].Mark(sensitiveMark("sensitive()")), nil
	},
})

// nonsensitive removes the mark of a value that is computed from a sensitive value but does not reveal it.
func (l library) nonsensitive() function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{anyValue},
		Type:   sameType,
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if HasSensitive(args[0]) {
				l.secrets.forget(args[0])
			}
			return without[sensitiveMark](args[0]), nil
		},
	})
}

// try is Terraform's try or, if can is set, its can; the HCL library's version evaluates nested calls exponentially
// often. The result is as sensitive as what decides it: whether an expression fails reveals something about the
// sensitive values in it, and for can, so does whether it succeeds.
func (l library) try(can bool) function.Function {
	closure := function.Parameter{Name: "expressions", Type: customdecode.ExpressionClosureType}
	spec := &function.Spec{VarParam: &closure, Type: function.StaticReturnType(cty.DynamicPseudoType)}
	if can {
		closure.Name = "expression"
		spec.Params, spec.VarParam = []function.Parameter{closure}, nil
	}
	spec.Impl = func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		marks := cty.ValueMarks{}
		var problems hcl.Diagnostics
		for _, arg := range args {
			tried := customdecode.ExpressionClosureFromVal(arg)
			v, diags := tried.Value()
			failed := diags.HasErrors()
			if failed || can {
				if fault := l.addMarks(tried, marks); fault != nil {
					return cty.NilVal, limitOf(fault, 0)
				}
			}
			if failed && !can {
				problems = append(problems, diags...)
				continue
			}
			if _, fault := l.meter.Measure(v); fault != nil {
				return cty.NilVal, limitOf(fault, 0)
			}
			known := failed || v.IsWhollyKnown()
			switch {
			case !can && known:
				return v.WithMarks(marks), nil
			case !can:
				return cty.DynamicVal.WithMarks(marks), nil
			case known:
				return cty.BoolVal(!failed).WithMarks(marks), nil
			}
			return cty.UnknownVal(cty.Bool).WithMarks(marks), nil
		}
		return cty.NilVal, noneSucceeded(problems)
	}
	return function.New(spec)
}

// noneSucceeded is the error of a try whose expressions all fail, with the reason for each.
func noneSucceeded(problems hcl.Diagnostics) error {
	if len(problems) == 0 {
		return errors.New("at least one argument is required")
	}
	var b strings.Builder
	b.WriteString("no expression succeeded:\n")
	for _, d := range problems {
		at := ""
		if d.Subject != nil {
			at = fmt.Sprintf(" (at %s)", d.Subject)
		}
		fmt.Fprintf(&b, "- %s%s\n  %s\n", d.Summary, at, d.Detail)
	}
	b.WriteString("\nAt least one expression must produce a successful result")
	return errors.New(b.String())
}

// addMarks adds the marks of the sensitive values that an expression refers to.
func (l library) addMarks(tried *customdecode.ExpressionClosure, marks cty.ValueMarks) *limit.Error {
	for _, t := range tried.Expression.Variables() {
		if l.isOpen(t) {
			continue
		}
		v := nearest(t, tried.EvalContext)
		if _, fault := l.meter.Measure(v); fault != nil {
			return fault
		}
		for m := range cty.ValueMarksOfTypeDeep[sensitiveMark](v) {
			marks[m] = struct{}{}
		}
	}
	return nil
}

// nearest returns the value of the longest prefix of a traversal that has a value.
func nearest(t hcl.Traversal, context *hcl.EvalContext) cty.Value {
	for n := len(t); n > 0; n-- {
		if v, diags := t[:n].TraverseAbs(context); !diags.HasErrors() {
			return v
		}
	}
	return cty.NullVal(cty.DynamicPseudoType)
}
