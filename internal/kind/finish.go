package kind

import "ddmon/internal/object"

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
		if t.tells == nil {
			t.tells = tells(t.Variants)
		}
	default: // nothing to derive
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
