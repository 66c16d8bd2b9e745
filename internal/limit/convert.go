package limit

import (
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
)

// Convert is convert.Convert, but counts the cost first: of parsing strings as numbers, converting numbers to strings,
// and creating sets. Compare counts the cost of unifying the types of a list's elements.
func (m *Meter) Convert(v cty.Value, t cty.Type) (cty.Value, *Error, error) {
	if f := m.numerals(v, t); f != nil {
		return cty.DynamicVal, f, nil
	}
	if !hasSet(t) {
		if t.HasDynamicTypes() && hasSet(v.Type()) && !v.Type().Equals(t) {
			if f := m.setsOfAnyType(v); f != nil {
				return cty.DynamicVal, f, nil
			}
		}
		out, err := convert.Convert(v, t)
		return out, nil, err
	}
	if v.Type().Equals(t) {
		return v, nil, nil
	}
	lists, err := convert.Convert(v, withLists(t))
	if err != nil {
		if f := m.setsOfAnyType(v); f != nil {
			return cty.DynamicVal, f, nil
		}
		out, err := convert.Convert(v, t) // for the error
		return out, nil, err
	}
	return m.withSets(lists, t)
}

// numerals counts the cost of converting between strings and numbers in a value.
func (m *Meter) numerals(v cty.Value, t cty.Type) *Error {
	v, _ = v.Unmark()
	from := v.Type()
	if !v.IsKnown() || v.IsNull() || from.Equals(t) {
		return nil
	}
	switch {
	case from == cty.String && t == cty.Number:
		steps, f := numeralCost(v.AsString())
		if f != nil {
			return f
		}
		return m.Spend(steps, 0)
	case from == cty.Number && t == cty.String:
		steps, _ := writing(v)
		return m.Spend(add(writtenSteps, steps), 0)
	case t.IsPrimitiveType() || from.IsPrimitiveType() || !v.CanIterateElements():
		return nil
	}
	i := 0
	for it := v.ElementIterator(); it.Next(); i++ {
		key, e := it.Element()
		if f := m.numerals(e, partType(t, key, i)); f != nil {
			return f
		}
	}
	return nil
}

// setsOfAnyType counts the cost of a conversion to unknown sets: all elements of the value could be in one set.
func (m *Meter) setsOfAnyType(v cty.Value) *Error {
	size, f := m.Measure(v)
	if f != nil {
		return f
	}
	return m.Spend(multiply(size.Elements, size.Elements), 0)
}

// withLists returns a type with its sets replaced by lists.
func withLists(t cty.Type) cty.Type {
	switch {
	case t.IsSetType(), t.IsListType():
		return cty.List(withLists(t.ElementType()))
	case t.IsMapType():
		return cty.Map(withLists(t.ElementType()))
	case t.IsTupleType():
		parts := make([]cty.Type, t.Length())
		for i, part := range t.TupleElementTypes() {
			parts[i] = withLists(part)
		}
		return cty.Tuple(parts)
	case t.IsObjectType():
		parts, optional := make(map[string]cty.Type, len(t.AttributeTypes())), []string(nil)
		for name, part := range t.AttributeTypes() {
			parts[name] = withLists(part)
		}
		for name := range t.OptionalAttributes() {
			optional = append(optional, name)
		}
		return cty.ObjectWithOptionalAttrs(parts, optional)
	}
	return t
}

// withSets makes sets of the lists that withLists put in their place, from the inside: only a set has its hash.
func (m *Meter) withSets(v cty.Value, t cty.Type) (cty.Value, *Error, error) {
	if !hasSet(t) {
		return v, nil, nil
	}
	bare, marks := v.Unmark()
	if !bare.IsKnown() || bare.IsNull() || bare.LengthInt() == 0 {
		out, err := convert.Convert(v, t)
		return out, nil, err
	}
	keyed := map[string]cty.Value{}
	var listed []cty.Value
	i := 0
	for it := bare.ElementIterator(); it.Next(); i++ {
		key, e := it.Element()
		part := partType(t, key, i)
		e, f, err := m.withSets(e, part)
		if err != nil || f != nil {
			return cty.DynamicVal, f, err
		}
		if t.IsMapType() || t.IsObjectType() {
			keyed[key.AsString()] = e
		} else {
			listed = append(listed, e)
		}
	}
	switch {
	case t.IsSetType():
		if f := m.Set(listed); f != nil {
			return cty.DynamicVal, f, nil
		}
		return cty.SetVal(listed).WithMarks(marks), nil, nil
	case t.IsListType():
		return cty.ListVal(listed).WithMarks(marks), nil, nil
	case t.IsTupleType():
		return cty.TupleVal(listed).WithMarks(marks), nil, nil
	case t.IsMapType():
		return cty.MapVal(keyed).WithMarks(marks), nil, nil
	}
	return cty.ObjectVal(keyed).WithMarks(marks), nil, nil
}

// partType returns the type of an element of a value of type t; any type if t does not define it.
func partType(t cty.Type, key cty.Value, i int) cty.Type {
	switch {
	case t.IsCollectionType():
		return t.ElementType()
	case t.IsTupleType() && i < t.Length():
		return t.TupleElementType(i)
	case t.IsObjectType() && key.Type() == cty.String:
		if name, _ := key.Unmark(); name.IsKnown() && t.HasAttribute(name.AsString()) {
			return t.AttributeType(name.AsString())
		}
	}
	return cty.DynamicPseudoType
}
