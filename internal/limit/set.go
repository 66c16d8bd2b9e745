package limit

import (
	"encoding/binary"

	"github.com/zclconf/go-cty/cty"
)

// Set judges the work of making a set of elements, before it is made. It calculates cty's hashes itself, in linear time:
// cty compares each element with all others of its hash. Numbers that agree in ten digits have the same hash, and so do
// texts with the same CRC-32.
func (m *Meter) Set(elements []cty.Value) *Fault { return m.Spend(colliding(elements), 0) }

// bucket holds the different elements of one hash.
type bucket struct {
	first cty.Value
	n     int
	keys  map[string]bool // made for the second element
}

// colliding is how many steps cty takes to make a set of elements.
func colliding(elements []cty.Value) int {
	steps := 0
	buckets := make(map[int]*bucket, len(elements))
	for _, e := range elements {
		e, _ = e.UnmarkDeep()
		// The hash is made of the element as text, here and in cty.
		if steps = add(steps, hashSteps+multiply(2, tinySteps(e))); steps > MaxSteps {
			return steps
		}
		hash := e.Hash()
		b := buckets[hash]
		if b == nil {
			buckets[hash] = &bucket{first: e, n: 1}
			continue
		}
		each, known := exact(nil, e)
		steps = add(steps, multiply(b.n, collisionSteps+len(each)/collisionBytes))
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
	// hashSteps is for calculating the hash of an element.
	hashSteps = 1
	// collisionSteps is what comparing two elements of one hash takes, besides what is in them.
	collisionSteps = 2
	// collisionBytes is how much of an element, as exact writes it, takes a step more.
	collisionBytes = 8
)

// exact appends what differs for any two values of one type that cty does not find equal. It is false for a value that is
// not known, which is equal to none.
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

// hasSet reports whether a value of a type may hold a set.
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
