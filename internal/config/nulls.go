package config

import "ddmon/internal/kind"

// withoutNulls drops the nulls of v that mean a field which is not written. In a map whose values may be null, such as
// a monitor's silenced, a null is a value.
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

// typeOf is the type of a field; nil if nothing is known of it.
func typeOf(f *kind.Field) *kind.Type {
	if f == nil {
		return nil
	}
	return f.Type
}
