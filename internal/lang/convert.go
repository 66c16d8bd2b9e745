package lang

import (
	"errors"

	"github.com/zclconf/go-cty/cty"
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

// CheckConversion checks that converting a value does not exceed a limit: to find the element type of a list, cty
// compares the types of all pairs of elements.
func CheckConversion(m *limit.Meter, v cty.Value) *limit.Error {
	v, _ = v.Unmark()
	t := v.Type()
	if !t.IsTupleType() && !t.IsObjectType() || !v.IsKnown() || v.IsNull() {
		return nil
	}
	structural := false
	for it := v.ElementIterator(); it.Next(); {
		_, e := it.Element()
		structural = structural || !e.Type().IsPrimitiveType()
		if f := CheckConversion(m, e); f != nil {
			return f
		}
	}
	return m.Compare(v.LengthInt(), structural)
}

// converted is convert.Convert to a collection in linear time, element by element.
func converted(m *limit.Meter, v cty.Value, t cty.Type) (cty.Value, error) {
	bare, marks := v.Unmark()
	if !bare.CanIterateElements() {
		return convertQuadratic(m, v, t) // for its error message
	}
	from, element := bare.Type(), t.ElementType()
	if element == cty.DynamicPseudoType {
		common, uniform := commonType(bare)
		if !uniform {
			return convertQuadratic(m, v, t)
		}
		element = common
	}
	if element.HasDynamicTypes() || !bare.IsKnown() || bare.IsNull() || bare.LengthInt() == 0 {
		return convertQuadratic(m, v, t)
	}
	list := from.IsTupleType() && !t.IsMapType()
	if !list && (!t.IsMapType() || !from.IsObjectType()) {
		return convertQuadratic(m, v, t)
	}
	elements := make(map[string]cty.Value)
	var inOrder []cty.Value
	for it := bare.ElementIterator(); it.Next(); {
		key, e := it.Element()
		if !e.Type().Equals(element) {
			converted, fault, err := m.Convert(e, element)
			if fault != nil {
				return cty.NilVal, limitOf(fault, 0)
			}
			if err != nil {
				return convertQuadratic(m, v, t) // for its error message
			}
			e = converted
		}
		if list {
			inOrder = append(inOrder, e)
		} else {
			elements[key.AsString()] = e
		}
	}
	switch {
	case t.IsListType():
		return cty.ListVal(inOrder).WithMarks(marks), nil
	case t.IsSetType():
		if fault := m.Set(inOrder); fault != nil {
			return cty.NilVal, limitOf(fault, 0)
		}
		return cty.SetVal(inOrder).WithMarks(marks), nil
	}
	return cty.MapVal(elements).WithMarks(marks), nil
}

// convertQuadratic is convert.Convert, which can take quadratic time, within the limit for that.
func convertQuadratic(m *limit.Meter, v cty.Value, t cty.Type) (cty.Value, error) {
	if fault := CheckConversion(m, v); fault != nil {
		return cty.NilVal, limitOf(fault, 0)
	}
	out, fault, err := m.Convert(v, t)
	if fault != nil {
		return cty.NilVal, limitOf(fault, 0)
	}
	return out, err
}

// paramTypes returns the type of a function's parameter by its index.
func paramTypes(f function.Function) func(int) cty.Type {
	params, rest := f.Params(), f.VarParam()
	return func(i int) cty.Type {
		switch {
		case i < len(params):
			return params[i].Type
		case rest != nil:
			return rest.Type
		}
		return cty.DynamicPseudoType
	}
}

// convertArguments converts arguments to the types of the parameters. HCL could do that, but without counting the
// steps.
func convertArguments(m *limit.Meter, params func(int) cty.Type, args []cty.Value) ([]cty.Value, error) {
	var out []cty.Value
	for i, arg := range args {
		t := params(i)
		if t == cty.DynamicPseudoType || arg.Type() == cty.DynamicPseudoType || arg.IsNull() || arg.Type().Equals(t) {
			continue
		}
		var value cty.Value
		var err error
		if t.IsCollectionType() {
			value, err = converted(m, arg, t)
		} else {
			value, err = convertQuadratic(m, arg, t)
		}
		var own *functionError
		switch {
		case errors.As(err, &own):
			return nil, err
		case err != nil:
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
