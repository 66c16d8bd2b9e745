package lang

import (
	"errors"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// toCollection is stdlib's tolist, toset or tomap, in linear time if all elements have the same type.
func toCollection(general cty.Type) function.Function {
	slow := stdlib.MakeToFunc(general)
	fast := func(v cty.Value) bool {
		t := v.Type()
		_, uniform := commonType(v)
		return uniform && t.IsTupleType() != general.IsMapType()
	}
	return function.New(&function.Spec{
		Params: []function.Parameter{{
			Name: "v", Type: cty.DynamicPseudoType, AllowNull: true, AllowUnknown: true, AllowDynamicType: true, AllowMarked: true,
		}},
		Type: func(args []cty.Value) (cty.Type, error) {
			if !fast(args[0]) {
				return slow.ReturnTypeForValues(args)
			}
			element, _ := commonType(args[0])
			switch {
			case general.IsListType():
				return cty.List(element), nil
			case general.IsSetType():
				return cty.Set(element), nil
			}
			return cty.Map(element), nil
		},
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			if !fast(args[0]) {
				return slow.Call(args)
			}
			bare, marks := args[0].Unmark()
			switch {
			case general.IsListType():
				return cty.ListVal(bare.AsValueSlice()).WithMarks(marks), nil
			case general.IsSetType():
				return cty.SetVal(bare.AsValueSlice()).WithMarks(marks), nil
			}
			return cty.MapVal(bare.AsValueMap()).WithMarks(marks), nil
		},
	})
}

// coalesceFunc returns the first argument that is neither null nor an empty string, like Terraform's; stdlib's does not
// skip empty strings.
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
		return cty.NilVal, errors.New("all arguments are null or empty strings")
	},
})
