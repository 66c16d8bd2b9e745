package kind

import "ddmon/internal/object"

// ConvertRefs converts references in a value to the types of their fields. A string that is the id of an object becomes a
// number in a number field if the kind has numeric ids, and a number becomes a string in a string field. Values without
// references are shared, not copied.
func (t *Type) ConvertRefs(v any) any {
	t = t.Resolve(v)
	if t == nil || !object.HoldsRefs(v) {
		return v
	}
	switch v := v.(type) {
	case object.Text:
		if wantsNumber := t.Shape == Number || t.Shape == Integer; wantsNumber && len(v) == 1 && v[0].Ref != nil {
			if of := Named(v[0].Ref.Kind); of != nil && of.Remote.ID.Number {
				return object.Ref{Of: *v[0].Ref}
			}
		}
	case object.Ref:
		if t.Shape == String {
			return object.Text{{Ref: &v.Of}}
		}
	case []any:
		if t.Shape != List {
			return v
		}
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = t.Elem.ConvertRefs(e)
		}
		return out
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, e := range v {
			out[key] = e
			if f := t.Field(key, v); f != nil {
				out[key] = f.Type.ConvertRefs(e)
			}
		}
		return out
	}
	return v
}
