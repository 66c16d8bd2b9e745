package kind

import (
	"encoding/json"
	"slices"

	"ddmon/internal/object"
)

// Misfit is a value whose JSON type is not the one that the tables have for its place.
type Misfit struct {
	Path  object.Path
	Found any
	Want  []Shape // what would fit, each once
}

// FirstMisfit compares the JSON types of a live value with its type, at any depth, and returns the first misfit in order
// of path; nil if there is none. It is Check for what Datadog answers, which adds fields and values all the time: a key,
// an enum's value or a variant that the tables do not know is no misfit, nor is a missing field. A null counts as missing,
// except as an element of a list or map that has none. Of a field that belongs to people only the outer type is compared:
// Datadog answers roles both as ids and as objects. So it is with a field that only the server sets, if ddmon uses it;
// the others may be of any type. A nil type knows nothing and finds nothing.
func FirstMisfit(t *Type, v any) *Misfit { return firstMisfit(t, nil, v, nil) }

// firstMisfit looks at a value. f is the field that holds it; nil for an element or the root.
func firstMisfit(t *Type, f *Field, v any, at object.Path) *Misfit {
	if v == nil || t == nil || t.Shape == Any {
		return nil
	}
	if t.Shape == Union {
		return unionMisfit(t, f, v, at)
	}
	if !fitsLive(t, f, v) {
		return &Misfit{at, v, []Shape{t.Shape}}
	}
	if f != nil && (f.Unmanaged || f.ReadOnly) {
		return nil
	}
	switch v := v.(type) {
	case map[string]any:
		return memberMisfit(t, v, at)
	case []any:
		for i, e := range v {
			if m := elementMisfit(t, e, at.With(i)); m != nil {
				return m
			}
		}
	}
	return nil
}

// fitsLive reports whether a value has the JSON type of t. That a number is whole is no matter of its JSON type.
func fitsLive(t *Type, f *Field, v any) bool {
	if f != nil && f.Numeric && t.Shape != Bool && isNumeric(v) {
		return true
	}
	if _, isNumber := v.(json.Number); isNumber && t.Shape == Integer {
		return true
	}
	return t.sortFits(v)
}

func memberMisfit(t *Type, in map[string]any, at object.Path) *Misfit {
	for _, key := range object.SortedKeys(in) {
		var m *Misfit
		if t.Shape == Map {
			m = elementMisfit(t, in[key], at.With(key))
		} else if f := t.Fields[key]; f != nil && (!f.ReadOnly || len(at) == 0 && isUsed(key)) {
			m = firstMisfit(f.Type, f, in[key], at.With(key))
		}
		if m != nil {
			return m
		}
	}
	return nil
}

// isUsed reports whether ddmon uses a field of the root that only the server sets: which object it is, and who made and
// changed it when.
func isUsed(key string) bool {
	switch key {
	case "id", "created", "created_at", "modified", "modified_at", "creator", "author_handle":
		return true
	}
	return false
}

// elementMisfit looks at an element of a list or map.
func elementMisfit(of *Type, v any, at object.Path) *Misfit {
	if v == nil && !of.NullElem && of.Elem.Shape != Any {
		return &Misfit{at, v, shapes(of.Elem)}
	}
	return firstMisfit(of.Elem, nil, v, at)
}

// unionMisfit accepts a value that fits any of the variants that it may be, and what may be a variant newer than the
// tables.
func unionMisfit(t *Type, f *Field, v any, at object.Path) *Misfit {
	candidates := t.candidates(v)
	if len(candidates) == 0 {
		if _, isObject := v.(map[string]any); isObject && len(t.variantsOfSort(v)) > 0 {
			return nil
		}
		return &Misfit{at, v, shapes(t)}
	}
	var first *Misfit
	for _, c := range candidates {
		m := firstMisfit(c, f, v, at)
		if m == nil {
			return nil
		}
		if first == nil {
			first = m
		}
	}
	return first
}

// shapes are those that a type accepts.
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
