package kind

import (
	"encoding/json"
	"slices"

	"ddmon/internal/object"
)

// Mismatch is a value whose JSON type differs from its type in the tables.
type Mismatch struct {
	Path  object.Path
	Found any
	Want  []Shape // the accepted shapes, without duplicates
}

// FirstMismatch compares a live value with its type, at any depth, and returns the first value with another JSON type in
// the order of paths, or nil. Unlike Check, it is for Datadog's responses, in which new fields and values are normal:
// unknown fields, enum values and variants are accepted, and so are missing fields. Null is missing, except as an
// element of a list or map that does not allow it. Only the outer type of unmanaged fields is compared, because Datadog
// returns roles both as ids and as objects. The same applies to read-only fields that ddmon uses; other read-only
// fields can have any type. A nil type accepts everything.
func FirstMismatch(t *Type, v any) *Mismatch { return firstMismatch(t, nil, v, nil) }

// firstMismatch compares a value. f is the field that contains it; nil for an element or the root.
func firstMismatch(t *Type, f *Field, v any, at object.Path) *Mismatch {
	if v == nil || t == nil || t.Shape == Any {
		return nil
	}
	if t.Shape == Union {
		return unionMismatch(t, f, v, at)
	}
	if !fitsLive(t, f, v) {
		return &Mismatch{at, v, []Shape{t.Shape}}
	}
	if f != nil && (f.Unmanaged || f.ReadOnly) {
		return nil
	}
	switch v := v.(type) {
	case map[string]any:
		return memberMismatch(t, v, at)
	case []any:
		for i, e := range v {
			if m := elementMismatch(t, e, at.With(i)); m != nil {
				return m
			}
		}
	}
	return nil
}

// fitsLive reports whether a value has the JSON type of t. JSON does not distinguish integers from other numbers.
func fitsLive(t *Type, f *Field, v any) bool {
	if f != nil && f.Numeric && t.Shape != Bool && isNumeric(v) {
		return true
	}
	if _, isNumber := v.(json.Number); isNumber && t.Shape == Integer {
		return true
	}
	return t.accepts(v)
}

func memberMismatch(t *Type, in map[string]any, at object.Path) *Mismatch {
	for _, key := range object.SortedKeys(in) {
		var m *Mismatch
		if t.Shape == Map {
			m = elementMismatch(t, in[key], at.With(key))
		} else if f := t.Fields[key]; f != nil && (!f.ReadOnly || len(at) == 0 && isUsed(key)) {
			m = firstMismatch(f.Type, f, in[key], at.With(key))
		}
		if m != nil {
			return m
		}
	}
	return nil
}

// isUsed reports whether ddmon uses a read-only top-level field: the id, the creator, and the times of creation and
// last change.
func isUsed(key string) bool {
	switch key {
	case "id", "created", "created_at", "modified", "modified_at", "creator", "author_handle":
		return true
	}
	return false
}

// elementMismatch compares an element of a list or map.
func elementMismatch(of *Type, v any, at object.Path) *Mismatch {
	if v == nil && !of.NullElem && of.Elem.Shape != Any {
		return &Mismatch{at, v, shapes(of.Elem)}
	}
	return firstMismatch(of.Elem, nil, v, at)
}

// unionMismatch accepts a value of any of its candidate variants, and an object that can be a variant newer than the
// tables.
func unionMismatch(t *Type, f *Field, v any, at object.Path) *Mismatch {
	candidates := t.candidates(v)
	if len(candidates) == 0 {
		if _, isObject := v.(map[string]any); isObject && len(t.acceptingVariants(v)) > 0 {
			return nil
		}
		return &Mismatch{at, v, shapes(t)}
	}
	var first *Mismatch
	for _, c := range candidates {
		m := firstMismatch(c, f, v, at)
		if m == nil {
			return nil
		}
		if first == nil {
			first = m
		}
	}
	return first
}

// shapes returns the shapes that a type accepts.
func shapes(t *Type) []Shape {
	if t.Shape != Union {
		return []Shape{t.Shape}
	}
	var out []Shape
	for _, variant := range t.Variants {
		shape := variant.Shape
		if shape == Map {
			shape = Object // both are written as objects
		}
		if !slices.Contains(out, shape) {
			out = append(out, shape)
		}
	}
	return out
}
