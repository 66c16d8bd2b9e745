package config

import (
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"

	"ddmon/internal/limit"
)

// commonType returns the type that all elements of a known tuple, or all attributes of a known object, share.
func commonType(v cty.Value) (cty.Type, bool) {
	if v.IsMarked() || !v.IsKnown() || v.IsNull() {
		return cty.NilType, false
	}
	var common cty.Type
	same := func(t cty.Type) bool {
		if common == cty.NilType {
			common = t
		}
		return common.Equals(t)
	}
	switch t := v.Type(); {
	case t.IsTupleType():
		for _, e := range t.TupleElementTypes() {
			if !same(e) {
				return cty.NilType, false
			}
		}
	case t.IsObjectType():
		for _, e := range t.AttributeTypes() {
			if !same(e) {
				return cty.NilType, false
			}
		}
	}
	if common == cty.NilType || common.HasDynamicTypes() {
		return cty.NilType, false
	}
	return common, true
}

// convertible judges the work of converting a value: to find the type of a list's elements, cty compares the type of
// every element with that of every other one.
func convertible(m *limit.Meter, v cty.Value, t cty.Type) *limit.Fault {
	v, _ = v.Unmark()
	switch {
	case !v.IsKnown() || v.IsNull():
		return nil
	case v.Type() == cty.String && t == cty.Number:
		return limit.Digits(v.AsString())
	case v.Type().IsPrimitiveType() || !t.HasDynamicTypes() || !v.CanIterateElements():
		return nil
	}
	if _, uniform := commonType(v); uniform || v.Type().IsListType() || v.Type().IsMapType() || v.Type().IsSetType() {
		return nil
	}
	return m.Compare(v.LengthInt())
}

// converted is convert.Convert to a collection of elements of any one type, in linear time where all types are the same,
// as in what a for expression makes of thousands of strings.
func converted(v cty.Value, t cty.Type) (cty.Value, error) {
	bare, marks := v.Unmark()
	if _, uniform := commonType(bare); !uniform || t.ElementType() != cty.DynamicPseudoType {
		return convert.Convert(v, t)
	}
	switch {
	case t.IsListType() && bare.Type().IsTupleType():
		return cty.ListVal(bare.AsValueSlice()).WithMarks(marks), nil
	case t.IsSetType() && bare.Type().IsTupleType():
		return cty.SetVal(bare.AsValueSlice()).WithMarks(marks), nil
	case t.IsMapType() && bare.Type().IsObjectType():
		return cty.MapVal(bare.AsValueMap()).WithMarks(marks), nil
	}
	return convert.Convert(v, t)
}

// isCostly reports whether converting to a type may take long, so that it is not left to HCL.
func isCostly(t cty.Type) bool {
	return t == cty.Number || t.IsCollectionType() && t.ElementType() == cty.DynamicPseudoType
}

// costlyParams returns the types of a function's parameters that it may take long to convert to, by their index, or nil
// if it has none.
func costlyParams(f function.Function) func(int) cty.Type {
	var types []cty.Type
	rest, any := cty.NilType, false
	for _, p := range f.Params() {
		t := cty.NilType
		if isCostly(p.Type) {
			t, any = p.Type, true
		}
		types = append(types, t)
	}
	if p := f.VarParam(); p != nil && isCostly(p.Type) {
		rest, any = p.Type, true
	}
	if !any {
		return nil
	}
	return func(i int) cty.Type {
		if i < len(types) {
			return types[i]
		}
		return rest
	}
}

// accept converts the arguments that HCL was not left to convert.
func accept(m *limit.Meter, costly func(int) cty.Type, args []cty.Value) ([]cty.Value, error) {
	var out []cty.Value
	for i, arg := range args {
		t := costly(i)
		if t == cty.NilType || arg.Type() == cty.DynamicPseudoType || arg.IsNull() || arg.Type().Equals(t) {
			continue
		}
		if fault := convertible(m, arg, t); fault != nil {
			return nil, limitOf(fault, i+1)
		}
		var value cty.Value
		var err error
		if t == cty.Number {
			value, err = convert.Convert(arg, t)
		} else {
			value, err = converted(arg, t)
		}
		if err != nil {
			return nil, function.NewArgError(i, err)
		}
		if out == nil {
			out = append(out, args...)
		}
		out[i] = value
	}
	if out == nil {
		return args, nil
	}
	return out, nil
}

// limitOf is a limit that a function passed; arg is the argument that is to blame, from 1, or 0 for the call.
func limitOf(f *limit.Fault, arg int) error {
	return &functionError{codeLimit, f.Summary, f.Detail, arg}
}
