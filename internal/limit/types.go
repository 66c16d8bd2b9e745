package limit

import (
	"maps"
	"slices"

	"github.com/zclconf/go-cty/cty"
)

// elementTypes lists the types of what is in a list, map, tuple or object; of a list or map that is one.
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

// Compare judges the work of comparing the types of all of n elements with each other, as cty does to find one for all.
func (m *Meter) Compare(n int, structural bool) *Fault {
	return m.Spend(pairs(n, structural), 0)
}

// pairs is what comparing each of n types with each takes. Those of objects and lists are structural.
func pairs(n int, structural bool) int {
	if structural {
		return multiply(n, n) / 2 * pairSteps
	}
	return multiply(n, n) / mixedPairs
}

// mixedPairs is how many types of texts and numbers a step compares, pairSteps what comparing the types of two objects or
// lists costs.
const (
	mixedPairs = 3
	pairSteps  = 10
)

// inside is what comparing all types at any depth takes at most, for n elements.
func inside(n int) int { return multiply(n, n) / 4 }
