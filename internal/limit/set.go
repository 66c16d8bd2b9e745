package limit

import (
	"encoding/binary"

	"github.com/zclconf/go-cty/cty"
)

// Set counts the cost of creating a set before it is created. It computes cty's hashes itself, in linear time. cty
// compares each element with all others of the same hash. Numbers with the same first ten digits have the same hash,
// and so do strings with the same CRC-32.
func (m *Meter) Set(elements []cty.Value) *Error { return m.Spend(colliding(elements), 0) }

// bucket has the distinct elements with the same hash.
type bucket struct {
	first cty.Value
	n     int
	keys  map[string]bool // nil until there is a second element
}

// colliding returns the cost of creating a set of elements with cty.
func colliding(elements []cty.Value) int {
	steps := 0
	buckets := make(map[int]*bucket, len(elements))
	for _, e := range elements {
		e, _ = e.UnmarkDeep()
		// The hash is computed from the element as a string, here and in cty.
		numbers := comparing(e)
		if steps = add(steps, hashSteps+numbers); steps > MaxSteps {
			return steps
		}
		hash := e.Hash()
		b := buckets[hash]
		if b == nil {
			buckets[hash] = &bucket{first: e, n: 1}
			continue
		}
		each, known := exact(nil, e)
		steps = add(steps, multiply(b.n, add(collisionSteps+len(each)/collisionBytes, multiply(2, numbers))))
		if b.keys == nil {
			first, _ := exact(nil, b.first)
			b.keys = map[string]bool{string(first): true}
		}
		if !known || !b.keys[string(each)] {
			b.keys[string(each)] = true
			b.n++
		}
	}
	return steps
}

const (
	// hashSteps is the cost of hashing an element.
	hashSteps = 1
	// collisionSteps is the cost of comparing two elements with the same hash, in addition to their content.
	collisionSteps = 2
	// collisionBytes is the number of bytes of an element, as encoded by exact, per additional step.
	collisionBytes = 8
)

// exact appends an encoding that is equal for two values of a type only if cty considers them equal. It returns false
// for unknown values, which are never equal.
func exact(b []byte, v cty.Value) ([]byte, bool) {
	switch {
	case !v.IsKnown():
		return append(b, '?'), false
	case v.IsNull():
		return append(b, '~'), true
	case v.Type() == cty.String:
		b = binary.AppendUvarint(b, uint64(len(v.AsString())))
		return append(b, v.AsString()...), true
	case v.Type() == cty.Number:
		return append(v.AsBigFloat().Append(b, 'p', 0), ';'), true
	case v.Type() == cty.Bool:
		if v.True() {
			return append(b, 'T'), true
		}
		return append(b, 'F'), true
	case !v.CanIterateElements():
		return b, true
	}
	known := true
	keyed := v.Type().IsMapType()
	b = append(b, '[')
	for it := v.ElementIterator(); it.Next(); {
		key, e := it.Element()
		if keyed {
			b, _ = exact(b, key)
		}
		var ok bool
		b, ok = exact(b, e)
		known = known && ok
	}
	return append(b, ']'), known
}

// hasSet reports whether values of a type can contain sets.
func hasSet(t cty.Type) bool {
	if t.IsSetType() {
		return true
	}
	if t.IsCollectionType() {
		return hasSet(t.ElementType())
	}
	for _, part := range elementTypes(t) {
		if hasSet(part) {
			return true
		}
	}
	return false
}

// elementsOf returns the elements of known lists, sets and tuples.
func elementsOf(args ...cty.Value) []cty.Value {
	var out []cty.Value
	for _, v := range args {
		v, _ = v.Unmark()
		if t := v.Type(); !v.IsKnown() || v.IsNull() || !t.IsTupleType() && !t.IsListType() && !t.IsSetType() {
			continue
		}
		for it := v.ElementIterator(); it.Next(); {
			_, e := it.Element()
			out = append(out, e)
		}
	}
	return out
}
