package limit

import (
	"github.com/zclconf/go-cty/cty"
)

// Size is how large a value is if everything in it is written down, wherever it is shared.
type Size struct {
	Elements int // of lists and maps at any depth
	Bytes    int // of texts and keys
	Depth    int // 0 for what is neither list nor map

	numbers bool // numbers are judged, too
}

// Measure returns the size of a value, or the limit that it passes. It looks at no more of the value than the limits
// allow.
func (m *Meter) Measure(v cty.Value) (Size, *Fault) { return m.measure(v, Size{}) }

// Judge is Measure for a value that comes from elsewhere than from expressions, which judge the numbers that they make.
func (m *Meter) Judge(v cty.Value) *Fault {
	_, f := m.measure(v, Size{numbers: true})
	return f
}

func (m *Meter) measure(v cty.Value, s Size) (Size, *Fault) {
	f := s.add(v, 0)
	if f == nil && s.Elements > 0 {
		f = m.Spend(s.Elements/2, 0) // looking at it takes time, too
	}
	return s, f
}

func (s *Size) add(v cty.Value, depth int) *Fault {
	if v.IsMarked() {
		v, _ = v.Unmark()
	}
	t := v.Type()
	if v.IsNull() {
		return s.addType(t, depth) // what has no value may still have a type of any size
	}
	if !v.IsKnown() {
		return nil
	}
	switch {
	case t == cty.String:
		s.Bytes += len(v.AsString())
		return s.check()
	case t == cty.Number && s.numbers:
		return checkNumber(v)
	case t == cty.Number || t == cty.Bool || !v.CanIterateElements():
		return nil
	}
	s.Depth = max(s.Depth, depth+1)
	keyed := t.IsMapType() || t.IsObjectType()
	if t.IsCollectionType() && v.LengthInt() == 0 {
		return s.addType(t.ElementType(), depth+1)
	}
	for it := v.ElementIterator(); it.Next(); {
		k, e := it.Element()
		s.Elements++
		if keyed {
			k, _ = k.Unmark()
			s.Bytes += len(k.AsString())
		}
		if f := s.check(); f != nil {
			return f
		}
		if f := s.add(e, depth+1); f != nil {
			return f
		}
	}
	return nil
}

// addType adds the elements that a type is written with.
func (s *Size) addType(t cty.Type, depth int) *Fault {
	s.Depth = max(s.Depth, depth)
	if f := s.check(); f != nil {
		return f
	}
	var parts []cty.Type
	switch {
	case t.IsCollectionType():
		parts = []cty.Type{t.ElementType()}
	case t.IsTupleType():
		parts = t.TupleElementTypes()
	case t.IsObjectType():
		for _, part := range t.AttributeTypes() {
			parts = append(parts, part)
		}
	}
	for _, part := range parts {
		s.Elements++
		if f := s.addType(part, depth+1); f != nil {
			return f
		}
	}
	return nil
}

func (s *Size) check() *Fault {
	switch {
	case s.Bytes > MaxText:
		return tooLong()
	case s.Elements > MaxElements:
		return tooManyElements()
	case s.Depth > MaxValueNesting:
		return tooNested()
	}
	return nil
}

// checkNumber refuses numbers that take for ever to be written down.
func checkNumber(v cty.Value) *Fault {
	f := v.AsBigFloat()
	if f.IsInf() || f.Sign() == 0 {
		return nil
	}
	if e := f.MantExp(nil); e > MaxExponent || e < -MaxExponent {
		return tooLarge()
	}
	return nil
}
