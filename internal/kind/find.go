package kind

import (
	"maps"
	"slices"
)

// Find returns the field at a path of field names, through lists, maps and the variants of unions. If no such field
// exists, it returns the first unknown name and the names that are possible there. If variants of a union have different fields of
// the last name, the result accepts what one of them does.
func (t *Type) Find(path []string) (f *Field, unknown string, known []string) {
	types := []*Type{t}
	for _, name := range path {
		var fields []*Field
		names := map[string]bool{}
		for _, inner := range held(types) {
			for key := range inner.Fields {
				names[key] = true
			}
			if found := inner.Fields[name]; found != nil {
				fields = append(fields, found)
			}
		}
		if len(fields) == 0 {
			return nil, name, slices.Sorted(maps.Keys(names))
		}
		types = types[:0:0]
		for _, field := range fields {
			if !slices.Contains(types, field.Type) {
				types = append(types, field.Type)
			}
		}
		f = fields[0]
	}
	if len(types) > 1 {
		merged := *f
		merged.Type = &Type{Shape: Union, Variants: flatten(types)}
		f = &merged
	}
	return f, "", nil
}

// held returns the objects that values of some types are, or contain as elements, or as variants.
func held(types []*Type) []*Type {
	var objects []*Type
	for _, t := range withVariants(types) {
		switch t.Shape {
		case Object:
			objects = append(objects, t)
		case List, Map:
			objects = append(objects, held([]*Type{t.Elem})...)
		default: // no fields
		}
	}
	return objects
}

// withVariants replaces unions by their variants and drops unknown types.
func withVariants(types []*Type) []*Type {
	out := make([]*Type, 0, len(types))
	for _, t := range types {
		switch {
		case t == nil:
		case t.Shape == Union:
			out = append(out, t.Variants...)
		default:
			out = append(out, t)
		}
	}
	return out
}
