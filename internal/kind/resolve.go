package kind

import (
	"encoding/json"
	"slices"

	"ddmon/internal/object"
)

// Field returns the field with that name of the type t, or nil if it is unknown. If t is a Union, the content of the
// object in determines the variant.
func (t *Type) Field(name string, in map[string]any) *Field {
	if t == nil {
		return nil
	}
	switch t.Shape {
	case Object:
		if f := t.Fields[name]; f != nil {
			return f
		}
		return t.elem
	case Map:
		return t.elem
	case Union:
		return t.Resolve(in).Field(name, in)
	default:
		return nil
	}
}

// Resolve returns the variant of a Union that v is intended to be, and any other type unchanged. If several variants
// are possible, it returns the first one with the fewest errors of Check. It returns nil if no variant has the JSON
// type of v, or if none allows the value of the discriminator.
func (t *Type) Resolve(v any) *Type {
	if t == nil || t.Shape != Union {
		return t
	}
	candidates := t.candidates(v)
	switch len(candidates) {
	case 0:
		return nil
	case 1:
		return candidates[0]
	}
	best, fewest := candidates[0], -1
	for _, c := range candidates {
		errors := countErrors(c, v)
		if fewest < 0 || errors < fewest {
			best, fewest = c, errors
		}
	}
	return best
}

// candidates returns the possible variants of v, by its JSON type and the discriminators.
func (t *Type) candidates(v any) []*Type {
	in, ok := v.(map[string]any)
	if !ok {
		return t.acceptingVariants(v)
	}
	var left []*Type
	newer := false // no variant of the tables allows a value
	for i := range t.discriminators {
		d := &t.discriminators[i]
		value, ok := in[d.key].(string)
		if !ok {
			continue
		}
		allowed := d.allowed(value)
		switch {
		case len(allowed) == 0:
			if newer = true; left == nil && d.required {
				return nil
			}
			continue
		case left == nil:
			left = allowed
		}
		if both := intersect(left, allowed); len(both) > 0 {
			left = both
		}
		if len(left) == 1 {
			return left
		}
	}
	if left == nil && !newer {
		return t.acceptingVariants(v)
	}
	return left
}

func intersect(a, b []*Type) []*Type {
	var both []*Type
	for _, t := range a {
		if slices.Contains(b, t) {
			both = append(both, t)
		}
	}
	return both
}

func (t *Type) acceptingVariants(v any) []*Type {
	var accepting []*Type
	for _, variant := range t.Variants {
		if variant.accepts(v) {
			accepting = append(accepting, variant)
		}
	}
	return accepting
}

// accepts reports whether v has the JSON type of t, whatever its content.
func (t *Type) accepts(v any) bool {
	switch t.Shape {
	case Any:
		return true
	case Union:
		return slices.ContainsFunc(t.Variants, func(variant *Type) bool { return variant.accepts(v) })
	default:
	}
	switch v := v.(type) {
	case map[string]any:
		return t.Shape == Object || t.Shape == Map
	case []any:
		return t.Shape == List
	case string, object.Text:
		return t.Shape == String
	case bool:
		return t.Shape == Bool
	case object.Ref:
		return t.Shape == Number || t.Shape == Integer
	case json.Number:
		return t.Shape == Number || t.Shape == Integer && isInteger(v)
	}
	return false
}
