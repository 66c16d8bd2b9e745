package kind

import (
	"cmp"
	"encoding/json"
	"slices"

	"ddmon/internal/object"
)

// tell is a key by whose value the variants of a union are told apart: type, data_source, response_format, ...
type tell struct {
	key string
	by  map[string][]*Type // the object variants in whose enum the value is
	// open are the object variants that allow any value of the key, or do not know it.
	open []*Type
	// wanted says that all object variants require the key.
	wanted bool
}

// Field returns what is known of the key name of the object in, which t is the type of; nil if nothing is. It looks
// at the content of in only where t is a Union.
func (t *Type) Field(name string, in map[string]any) *Field {
	if t == nil {
		return nil
	}
	switch t.Shape {
	case Object:
		return t.Fields[name]
	case Map:
		return t.elem
	case Union:
		return t.Resolve(in).Field(name, in)
	}
	return nil
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

func (t *tell) allowed(value string) []*Type {
	if exact := t.by[value]; len(exact) > 0 {
		return exact
	}
	return t.open
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
	case json.Number:
		return t.Shape == Number || t.Shape == Integer && isWhole(v)
	}
	return false
}

// finish derives what the walkers need of each type, once all fields are known.
func (t table) finish() {
	for _, typ := range t {
		if typ.Shape == Union {
			typ.Variants = flatten(typ.Variants)
		}
	}
	for _, typ := range t {
		typ.finish()
		for _, f := range typ.Fields {
			f.Type.finish()
		}
	}
}

func (t *Type) finish() {
	switch t.Shape {
	case Object:
		if t.required != nil {
			return
		}
		t.required = []*Field{}
		for _, name := range object.SortedKeys(t.Fields) {
			if f := t.Fields[name]; f.Required {
				f.Default = nil
				t.required = append(t.required, f)
			}
		}
	case List:
		t.Elem.finish()
	case Map:
		t.elem = &Field{Type: t.Elem, Nullable: t.NullElem}
		t.Elem.finish()
	case Union:
		if t.tells == nil {
			t.tells = tells(t.Variants)
		}
	}
}

// flatten puts the variants of a union in place of that union.
func flatten(variants []*Type) []*Type {
	var flat []*Type
	for _, v := range variants {
		if v.Shape == Union {
			flat = append(flat, flatten(v.Variants)...)
		} else {
			flat = append(flat, v)
		}
	}
	return flat
}

// tells finds the keys with allowed values that tell object variants apart. First come those that every variant
// requires, then those that most variants know, then those that tell most of them apart.
func tells(variants []*Type) []tell {
	objects := slices.DeleteFunc(slices.Clone(variants), func(v *Type) bool { return v.Shape != Object })
	keys := map[string]bool{}
	for _, v := range objects {
		for name, f := range v.Fields {
			if f.Type.Shape == String && len(f.Type.Enum) > 0 {
				keys[name] = true
			}
		}
	}
	found := []tell{}
	for _, key := range object.SortedKeys(keys) {
		if t := newTell(key, objects); t.tellsApart(len(objects)) {
			found = append(found, t)
		}
	}
	slices.SortStableFunc(found, func(a, b tell) int {
		if a.wanted != b.wanted {
			if a.wanted {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(len(a.open), len(b.open)), cmp.Compare(len(b.by), len(a.by)))
	})
	return found
}

func newTell(key string, objects []*Type) tell {
	t := tell{key: key, by: map[string][]*Type{}, wanted: true}
	for _, v := range objects {
		f := v.Fields[key]
		t.wanted = t.wanted && f != nil && f.Required
		if f == nil || len(f.Type.Enum) == 0 {
			t.open = append(t.open, v)
			continue
		}
		for _, value := range f.Type.Enum {
			t.by[value] = append(t.by[value], v)
		}
	}
	return t
}

// tellsApart reports whether there is a value that not all of n variants allow.
func (t *tell) tellsApart(n int) bool {
	for _, allowed := range t.by {
		if len(allowed) < n {
			return true
		}
	}
	return false
}
