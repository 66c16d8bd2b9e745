package limit

import (
	"math/bits"

	"github.com/zclconf/go-cty/cty"
)

// Size is the size of a value. Shared parts are counted each time they occur.
type Size struct {
	Elements int // of lists and maps at any depth
	Bytes    int // of strings and keys
	Depth    int // 0 for a value that is not a list or map

	numbers   bool // whether numbers are checked
	order     int  // the cost of sorting keys and elements of sets
	tiny      int  // the additional cost of converting its numbers to strings
	fractions int  // the cost of converting its fractions to strings, in addition to tiny
	digits    int  // the additional length of these strings
}

// Measure returns the size of a value, or an Error if it exceeds a limit. It reads no more of the value than the limits
// allow.
func (m *Meter) Measure(v cty.Value) (Size, *Error) { return m.measure(v, Size{}) }

// CheckValue checks a value that does not come from an expression. Unlike Measure, it also checks numbers.
func (m *Meter) CheckValue(v cty.Value) *Error {
	_, f := m.measure(v, Size{numbers: true})
	return f
}

func (m *Meter) measure(v cty.Value, s Size) (Size, *Error) {
	f := s.add(v, 0)
	if spent := m.Spend(s.Elements/2+s.order, 0); f == nil { // measuring takes time, even if the value is too large
		f = spent
	}
	return s, f
}

// work returns the cost of a function or comparison that reads the whole value.
func (s Size) work() int {
	return add(add(s.Bytes/readBytes+elementSteps*s.Elements, multiply(passes, s.order)), s.tiny)
}

// writing returns the cost of converting the elements of a value to strings.
func (s Size) writing() int { return add(add(multiply(writtenSteps, s.Elements), s.tiny), s.fractions) }

// comparing returns the cost of comparing the whole value with another one.
func (s Size) comparing() int { return add(s.work(), s.fractions) }

const (
	// readBytes is the number of bytes of a string per step.
	readBytes = 16
	// elementSteps is the cost of an element of a list or map.
	elementSteps = 2
	// passes is how often the elements of a value are sorted in a function call.
	passes = 4
)

// The costs of comparing two keys or two elements of a set for sorting, in eighths of a step.
const (
	sortKey     = 1
	sortText    = 16
	sortNumber  = 24
	sortElement = 200
)

// sortNumbers is how often the numbers in two elements of a set are converted to strings when they are compared for
// sorting. A value is sorted several times.
const sortNumbers = 6

// containerSteps is the cost of starting to iterate over an object or map.
const containerSteps = 6

// ordering returns the cost of sorting the elements of a value, which cty does for each iteration.
func ordering(v cty.Value) int {
	t := v.Type()
	switch {
	case t.IsMapType(), t.IsObjectType():
		return add(containerSteps, sorting(v.LengthInt(), sortKey))
	case t.IsSetType():
		steps := add(containerSteps, sorting(v.LengthInt(), sortSteps(t.ElementType())))
		if !t.ElementType().IsPrimitiveType() { // compared by their hashes, for which numbers are converted to strings
			steps = add(steps, multiply(comparing(v), sortNumbers*bits.Len(uint(v.LengthInt()))))
		}
		return steps
	}
	return 0
}

// sortSteps returns the cost of comparing two elements of a set for sorting, in eighths of a step.
func sortSteps(element cty.Type) int {
	switch {
	case element == cty.String:
		return sortText
	case element.IsPrimitiveType():
		return sortNumber
	}
	return sortElement
}

func sorting(n, compare int) int { return multiply(n, compare*bits.Len(uint(n))) / 8 }

func (s *Size) add(v cty.Value, depth int) *Error {
	if v.IsMarked() {
		v, _ = v.Unmark()
	}
	t := v.Type()
	if v.IsNull() {
		return s.addType(t, depth) // a null value can have a type of any size
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
		if isFraction(v) {
			s.fractions = add(s.fractions, digitSteps)
		}
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

// addType adds the elements of a type.
func (s *Size) addType(t cty.Type, depth int) *Error {
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

func (s *Size) check() *Error {
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
