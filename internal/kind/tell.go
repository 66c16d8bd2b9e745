package kind

import (
	"cmp"
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

func (t *tell) allowed(value string) []*Type {
	if exact := t.by[value]; len(exact) > 0 {
		return exact
	}
	return t.open
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
