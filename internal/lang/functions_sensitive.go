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

// try is Terraform's try, and with can its can; tryfunc's evaluate an expression several times, and those in it in turn. The
// value is as sensitive as what decided it: a sensitive value in an expression that fails, or for can in the one that is
// tried, says something of itself by that.
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
				if fault := l.decides(tried, marks); fault != nil {
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
		return cty.NilVal, nothingSucceeded(problems)
	}
	return function.New(spec)
}

// nothingSucceeded says why no expression of a try did, so that a person sees which one was meant to.
func nothingSucceeded(problems hcl.Diagnostics) error {
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

// decides adds the marks of the sensitive values that an expression names.
func (l library) decides(tried *customdecode.ExpressionClosure, marks cty.ValueMarks) *limit.Fault {
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

// nearest follows a traversal as far as there is a value.
func nearest(t hcl.Traversal, context *hcl.EvalContext) cty.Value {
	for n := len(t); n > 0; n-- {
		if v, diags := t[:n].TraverseAbs(context); !diags.HasErrors() {
			return v
		}
	}
	return cty.NullVal(cty.DynamicPseudoType)
}
