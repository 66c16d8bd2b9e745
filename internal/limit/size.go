package limit

import (
	"math/bits"

	"github.com/zclconf/go-cty/cty"
)

// Size is how large a value is if everything in it is written down, wherever it is shared.
type Size struct {
	Elements int // of lists and maps at any depth
	Bytes    int // of texts and keys
	Depth    int // 0 for what is neither list nor map

	numbers bool // numbers are judged, too
	order   int  // what putting keys and elements of sets in order takes, in steps
	tiny    int  // what writing its numbers takes more than writing ordinary ones, in steps
	digits  int  // how many more characters they have
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
	if spent := m.Spend(s.Elements/2+s.order, 0); f == nil { // looking at it takes time, even if it is too large
		f = spent
	}
	return s, f
}

// work is how many steps a function takes, or a comparison, that goes through all of a value.
func (s Size) work() int {
	return add(add(s.Bytes/readBytes+elementSteps*s.Elements, multiply(passes, s.order)), s.tiny)
}

// written is how many steps it takes to write what is in a value as text.
func (s Size) written() int { return add(multiply(writtenSteps, s.Elements), s.tiny) }

const (
	// readBytes is how much of a text a step reads.
	readBytes = 16
	// elementSteps is for an element of a list or map.
	elementSteps = 2
	// passes is how often what is in a value is put in order while a function takes it.
	passes = 4
)

// What it takes to compare two keys, or two elements of a set, in order to sort them: eighths of a step.
const (
	sortKey     = 1
	sortText    = 16
	sortNumber  = 24
	sortElement = 200
)

// containerSteps is what beginning to go through an object or map takes.
const containerSteps = 6

// ordering is how long cty takes to put what is in a value in order, which it does whenever that is iterated over.
func ordering(v cty.Value) int {
	t := v.Type()
	switch {
	case t.IsMapType(), t.IsObjectType():
		return add(containerSteps, sorting(v.LengthInt(), sortKey))
	case t.IsSetType():
		return add(containerSteps, sorting(v.LengthInt(), comparing(t.ElementType())))
	}
	return 0
}

// comparing is what comparing two elements of a set takes, in eighths of a step.
func comparing(element cty.Type) int {
	switch {
	case element == cty.String:
		return sortText
	case element.IsPrimitiveType():
		return sortNumber
	}
	return sortElement
}

func sorting(n, compare int) int { return multiply(n, compare*bits.Len(uint(n))) / 8 }

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
	case t == cty.Number:
		steps, digits := writing(v)
		s.tiny, s.digits = add(s.tiny, steps), add(s.digits, digits)
		if s.numbers {
			return checkNumber(v)
		}
		return nil
	case t == cty.Bool || !v.CanIterateElements():
		return nil
	}
	s.Depth = max(s.Depth, depth+1)
	keyed := t.IsMapType() || t.IsObjectType()
	if t.IsCollectionType() && v.LengthInt() == 0 {
		return s.addType(t.ElementType(), depth+1)
	}
	s.order = add(s.order, ordering(v))
	if f := s.check(); f != nil {
		return f
	}
	if t.IsSetType() {
		s.order = add(s.order, colliding(elementsOf(v)))
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
	case s.order > MaxSteps:
		return tooManySteps()
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
