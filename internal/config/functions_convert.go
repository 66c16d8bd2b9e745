package config

import (
	"errors"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// toCollection is stdlib's tolist or toset, which compare the type of every element with that of every other one.
// Where all types are the same, as in what a for expression makes of thousands of strings, nothing has to be
// compared: the result is the same, in linear time.
func toCollection(general cty.Type, of func(cty.Type) cty.Type, val func([]cty.Value) cty.Value) function.Function {
	convert := stdlib.MakeToFunc(general)
	return function.New(&function.Spec{
		Params: []function.Parameter{{
			Name: "v", Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true, AllowMarked: true,
		}},
		Type: func(args []cty.Value) (cty.Type, error) {
			if elem, ok := commonType(args[0]); ok {
				return of(elem), nil
			}
			return convert.ReturnTypeForValues(args)
		},
		Impl: func(args []cty.Value, result cty.Type) (cty.Value, error) {
			if _, ok := commonType(args[0]); ok {
				return val(args[0].AsValueSlice()), nil
			}
			return convert.Call(args)
		},
	})
}

// commonType returns the type that all elements of a known tuple share.
func commonType(v cty.Value) (cty.Type, bool) {
	if v.IsMarked() || !v.IsKnown() || v.IsNull() || !v.Type().IsTupleType() {
		return cty.NilType, false
	}
	types := v.Type().TupleElementTypes()
	if len(types) == 0 {
		return cty.NilType, false
	}
	for _, t := range types[1:] {
		if !t.Equals(types[0]) {
			return cty.NilType, false
		}
	}
	return types[0], types[0].IsPrimitiveType()
}

// coalesceFunc returns the first argument that is neither null nor an empty string, as Terraform's does; stdlib's
// stops at an empty string.
var coalesceFunc = function.New(&function.Spec{
	VarParam: &function.Parameter{
		Name: "vals", Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true, AllowMarked: true,
	},
	Type: func(args []cty.Value) (cty.Type, error) { return stdlib.CoalesceFunc.ReturnTypeForValues(args) },
	Impl: func(args []cty.Value, result cty.Type) (cty.Value, error) {
		for _, arg := range args {
			plain, _ := arg.Unmark()
			switch {
			case !plain.IsKnown():
				return cty.UnknownVal(result), nil
			case plain.IsNull(), plain.Type() == cty.String && plain.AsString() == "":
				continue
			}
			return convert.Convert(arg, result)
		}
		return cty.NilVal, errors.New("no argument is other than null or an empty string")
	},
})
