package kind

import (
	"encoding/json"
	"slices"

	"ddmon/internal/object"
)

// Field returns what is known of the key name of the object in, which t is the type of; nil if nothing is. It looks
// at the content of in only where t is a Union.
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

// Resolve returns the variant of a Union that v is meant to be, and any other type as it is. Where the content does
// not decide, the variant with which Check finds the fewest faults is taken, the first of equals. It returns nil if
// no variant has v's sort, or if the key that tells them apart has a value that none of them allows.
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
		faults := countFaults(c, v)
		if fewest < 0 || faults < fewest {
			best, fewest = c, faults
		}
	}
	return best
}

// candidates returns the variants that v may be, by its sort and by the keys that tell them apart.
func (t *Type) candidates(v any) []*Type {
	in, ok := v.(map[string]any)
	if !ok {
		return t.variantsOfSort(v)
	}
	var left []*Type
	for i := range t.tells {
		tell := &t.tells[i]
		value, ok := in[tell.key].(string)
		if !ok {
			continue
		}
		allowed := tell.allowed(value)
		if left == nil {
			if len(allowed) == 0 {
				return nil
			}
			left = allowed
		} else if both := intersect(left, allowed); len(both) > 0 {
			left = both
		}
		if len(left) == 1 {
			return left
		}
	}
	if left == nil {
		return t.variantsOfSort(v)
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

func (t *Type) variantsOfSort(v any) []*Type {
	var fitting []*Type
	for _, variant := range t.Variants {
		if variant.sortFits(v) {
			fitting = append(fitting, variant)
		}
	}
	return fitting
}

// sortFits reports whether v is the sort of JSON value that t wants, whatever its content.
func (t *Type) sortFits(v any) bool {
	switch t.Shape {
	case Any:
		return true
	case Union:
		return slices.ContainsFunc(t.Variants, func(variant *Type) bool { return variant.sortFits(v) })
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
		return t.Shape == Number || t.Shape == Integer && isWhole(v)
	}
	return false
}
