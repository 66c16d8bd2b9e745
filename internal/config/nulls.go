package config

import "ddmon/internal/kind"

// withoutNulls drops nulls that mean an unset field. In a map whose values can be null, such as a monitor's silenced,
// null is a value.
func withoutNulls(t *kind.Type, v any) {
	t = t.Resolve(v)
	switch v := v.(type) {
	case map[string]any:
		for key, e := range v {
			if e == nil && (t == nil || t.Shape != kind.Map || !t.NullElem) {
				delete(v, key)
				continue
			}
			withoutNulls(typeOf(t.Field(key, v)), e)
		}
	case []any:
		var element *kind.Type
		if t != nil && t.Shape == kind.List {
			element = t.Elem
		}
		for _, e := range v {
			withoutNulls(element, e)
		}
	}
}

// typeOf is the type of a field; nil if the field is unknown.
func typeOf(f *kind.Field) *kind.Type {
	if f == nil {
		return nil
	}
	return f.Type
}
