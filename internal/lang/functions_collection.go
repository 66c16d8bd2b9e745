package lang

import (
	"fmt"
	"math/big"

	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
	ctyjson "github.com/zclconf/go-cty/cty/json"
)

// elements returns the elements of a list, set or tuple.
func elements(v cty.Value) []cty.Value {
	out := make([]cty.Value, 0, v.LengthInt())
	for it := v.ElementIterator(); it.Next(); {
		_, e := it.Element()
		out = append(out, e)
	}
	return out
}

var sumFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "list", Type: cty.DynamicPseudoType}},
	Type: func(args []cty.Value) (cty.Type, error) {
		if t := args[0].Type(); !t.IsListType() && !t.IsSetType() && !t.IsTupleType() {
			return cty.NilType, function.NewArgErrorf(0, "must be a list, set or tuple of numbers")
		}
		return cty.Number, nil
	},
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		if args[0].LengthInt() == 0 {
			return cty.NilVal, function.NewArgErrorf(0, "must not be empty")
		}
		sum := cty.Zero
		for _, e := range elements(args[0]) {
			n, err := convert.Convert(e, cty.Number)
			if err != nil || n.IsNull() {
				return cty.NilVal, function.NewArgErrorf(0, "must contain only numbers")
			}
			sum = sum.Add(n)
		}
		return sum, nil
	},
})

// boolsFunc returns alltrue if all is set, else anytrue. A null is false.
func boolsFunc(all bool) function.Function {
	return function.New(&function.Spec{
		Params: []function.Parameter{{Name: "list", Type: cty.List(cty.Bool)}},
		Type:   function.StaticReturnType(cty.Bool),
		Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
			for _, e := range elements(args[0]) {
				if truth := !e.IsNull() && e.True(); truth != all {
					return cty.BoolVal(!all), nil
				}
			}
			return cty.BoolVal(all), nil
		},
	})
}

var (
	allTrueFunc = boolsFunc(true)
	anyTrueFunc = boolsFunc(false)
)

// lengthFunc counts elements, or the characters of a string.
var lengthFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "value", Type: cty.DynamicPseudoType, AllowMarked: true}},
	Type: func(args []cty.Value) (cty.Type, error) {
		if t := args[0].Type(); t != cty.String && !t.IsCollectionType() && !t.IsTupleType() && !t.IsObjectType() {
			return cty.NilType, function.NewArgErrorf(0, "must be a string or a collection")
		}
		return cty.Number, nil
	},
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		v, marks := args[0].Unmark()
		if v.Type() == cty.String {
			n, err := stdlib.Strlen(v)
			return n.WithMarks(marks), err
		}
		return cty.NumberIntVal(int64(v.LengthInt())).WithMarks(marks), nil
	},
})

// lookupFunc returns an element of a map or object, or the default. Without a default, the key must exist.
var lookupFunc = function.New(&function.Spec{
	Params:   []function.Parameter{{Name: "map", Type: cty.DynamicPseudoType}, {Name: "key", Type: cty.String}},
	VarParam: &function.Parameter{Name: "default", Type: cty.DynamicPseudoType, AllowNull: true},
	Type: func(args []cty.Value) (cty.Type, error) {
		v, err := lookUp(args)
		if err != nil {
			return cty.NilType, err
		}
		return v.Type(), nil
	},
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) { return lookUp(args) },
})

func lookUp(args []cty.Value) (cty.Value, error) {
	in := args[0]
	if t := in.Type(); !t.IsMapType() && !t.IsObjectType() {
		return cty.NilVal, function.NewArgErrorf(0, "must be a map or an object")
	}
	if len(args) > 3 {
		return cty.NilVal, fmt.Errorf("too many arguments: lookup accepts a map, a key and a default")
	}
	if !in.IsKnown() || !args[1].IsKnown() {
		return cty.DynamicVal, nil
	}
	key := args[1].AsString()
	if in.Type().IsObjectType() {
		if in.Type().HasAttribute(key) {
			return in.GetAttr(key), nil
		}
	} else if in.HasIndex(args[1]).True() {
		return in.Index(args[1]), nil
	}
	if len(args) == 3 {
		return args[2], nil
	}
	return cty.NilVal, function.NewArgErrorf(1, "the map does not contain the key %q; add it or pass a default", key)
}

// indexFunc returns an element's index in a list.
var indexFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "list", Type: cty.DynamicPseudoType}, {Name: "value", Type: cty.DynamicPseudoType}},
	Type:   function.StaticReturnType(cty.Number),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		if t := args[0].Type(); !t.IsListType() && !t.IsTupleType() {
			return cty.NilVal, function.NewArgErrorf(0, "must be a list")
		}
		for i, e := range elements(args[0]) {
			if equal, err := stdlib.Equal(e, args[1]); err == nil && equal.IsKnown() && equal.True() {
				return cty.NumberIntVal(int64(i)), nil
			}
		}
		return cty.NilVal, function.NewArgErrorf(1, "the list does not contain this value")
	},
})

// distinctFunc removes duplicates in linear time by comparing elements in their JSON encoding; stdlib's compares each
// with all others.
var distinctFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "list", Type: cty.List(cty.DynamicPseudoType)}},
	Type:   func(args []cty.Value) (cty.Type, error) { return args[0].Type(), nil },
	Impl: func(args []cty.Value, t cty.Type) (cty.Value, error) {
		if !args[0].IsWhollyKnown() {
			return stdlib.Distinct(args[0])
		}
		seen := map[string]bool{}
		var kept []cty.Value
		for _, e := range elements(args[0]) {
			written, err := ctyjson.Marshal(e, t.ElementType())
			if err != nil {
				return cty.NilVal, err
			}
			if key := string(written); !seen[key] {
				seen[key] = true
				kept = append(kept, e)
			}
		}
		if len(kept) == 0 {
			return cty.ListValEmpty(t.ElementType()), nil
		}
		return cty.ListVal(kept), nil
	},
})

// longestRange is stdlib's own limit.
const longestRange = 1024

// rangeFunc is stdlib's range, which counts with 512-bit numbers. In the most common case, from 0 in steps of 1, it
// counts with machine integers.
var rangeFunc = function.New(&function.Spec{
	VarParam: &function.Parameter{Name: "params", Type: cty.Number},
	Type:     function.StaticReturnType(cty.List(cty.Number)),
	Impl: func(args []cty.Value, _ cty.Type) (cty.Value, error) {
		if len(args) != 1 {
			return stdlib.Range(args...)
		}
		n, accuracy := args[0].AsBigFloat().Int64()
		if accuracy != big.Exact || n <= 0 || n > longestRange {
			return stdlib.Range(args...)
		}
		values := make([]cty.Value, n)
		for i := range values {
			values[i] = cty.NumberIntVal(int64(i))
		}
		return cty.ListVal(values), nil
	},
})

// oneFunc returns the only element of a list, or null if the list is empty.
var oneFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "list", Type: cty.DynamicPseudoType}},
	Type: func(args []cty.Value) (cty.Type, error) {
		switch t := args[0].Type(); {
		case t.IsListType() || t.IsSetType():
			return t.ElementType(), nil
		case t.IsTupleType() && t.Length() == 0:
			return cty.DynamicPseudoType, nil
		case t.IsTupleType() && t.Length() == 1:
			return t.TupleElementType(0), nil
		}
		return cty.NilType, function.NewArgErrorf(0, "must be a list, set or tuple with at most one element")
	},
	Impl: func(args []cty.Value, t cty.Type) (cty.Value, error) {
		switch all := elements(args[0]); len(all) {
		case 0:
			return cty.NullVal(t), nil
		case 1:
			return all[0], nil
		}
		return cty.NilVal, function.NewArgErrorf(0, "must not have more than one element")
	},
})

// matchKeysFunc returns the values whose key, at the same index of another list, is in the search list.
var matchKeysFunc = function.New(&function.Spec{
	Params: []function.Parameter{
		{Name: "values", Type: cty.List(cty.DynamicPseudoType)}, {Name: "keys", Type: cty.List(cty.DynamicPseudoType)},
		{Name: "search", Type: cty.List(cty.DynamicPseudoType)},
	},
	Type: func(args []cty.Value) (cty.Type, error) { return args[0].Type(), nil },
	Impl: func(args []cty.Value, t cty.Type) (cty.Value, error) {
		values, keys := elements(args[0]), elements(args[1])
		if len(values) != len(keys) {
			return cty.NilVal, function.NewArgErrorf(1, "must have as many elements as values")
		}
		var kept []cty.Value
		for i, v := range values {
			for _, wanted := range elements(args[2]) {
				if equal, err := stdlib.Equal(keys[i], wanted); err == nil && equal.IsKnown() && equal.True() {
					kept = append(kept, v)
					break
				}
			}
		}
		if len(kept) == 0 {
			return cty.ListValEmpty(t.ElementType()), nil
		}
		return cty.ListVal(kept), nil
	},
})

// transposeFunc swaps the keys and values of a map of lists of strings.
var transposeFunc = function.New(&function.Spec{
	Params: []function.Parameter{{Name: "map", Type: cty.Map(cty.List(cty.String))}},
	Type:   function.StaticReturnType(cty.Map(cty.List(cty.String))),
	Impl: func(args []cty.Value, t cty.Type) (cty.Value, error) {
		swapped := map[string][]cty.Value{}
		for it := args[0].ElementIterator(); it.Next(); {
			key, list := it.Element()
			if list.IsNull() {
				return cty.NilVal, function.NewArgErrorf(0, "must not contain a null list")
			}
			for _, e := range elements(list) {
				if e.IsNull() {
					return cty.NilVal, function.NewArgErrorf(0, "must not contain a list with a null element")
				}
				swapped[e.AsString()] = append(swapped[e.AsString()], key)
			}
		}
		if len(swapped) == 0 {
			return cty.MapValEmpty(t.ElementType()), nil
		}
		out := make(map[string]cty.Value, len(swapped))
		for key, list := range swapped {
			out[key] = cty.ListVal(list)
		}
		return cty.MapVal(out), nil
	},
})
