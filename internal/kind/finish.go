package kind

import "ddmon/internal/object"

// finish computes the derived data of each type after all fields are known.
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
		if t.elem != nil {
			t.elem.Type.finish()
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
		if t.discriminators == nil {
			t.discriminators = discriminators(t.Variants)
		}
	default: // nothing to derive
	}
}

// flatten replaces nested unions by their variants.
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
