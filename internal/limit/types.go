package limit

import (
	"maps"
	"slices"

	"github.com/zclconf/go-cty/cty"
)

// elementTypes returns the element types of a list, map, set, tuple or object.
func elementTypes(t cty.Type) []cty.Type {
	switch {
	case t.IsTupleType():
		return t.TupleElementTypes()
	case t.IsObjectType():
		return slices.Collect(maps.Values(t.AttributeTypes()))
	case t.IsCollectionType():
		return []cty.Type{t.ElementType()}
	}
	return nil
}

// Compare counts the cost of unifying the types of n elements, for which cty compares every pair.
func (m *Meter) Compare(n int, structural bool) *Error {
	return m.Spend(pairs(n, structural), 0)
}

// pairs returns the cost of comparing every pair of n types. The types of objects and lists are structural.
func pairs(n int, structural bool) int {
	if structural {
		return multiply(n, n) / 2 * pairSteps
	}
	return multiply(n, n) / mixedPairs
}

// mixedPairs is the number of comparisons of string and number types per step, pairSteps the cost of comparing the
// types of two objects or lists.
const (
	mixedPairs = 3
	pairSteps  = 10
)

// inside returns the maximum cost of comparing all types at any depth, for n elements.
func inside(n int) int { return multiply(n, n) / 4 }
