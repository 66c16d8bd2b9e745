package kind

import "ddmon/internal/object"

// HasField reports whether the tables have the field at p, and whether only Datadog sets it. Keys of a map are not
// fields. One variant of a union with the field is enough.
func (k *Kind) HasField(p object.Path) (known, readOnly bool) {
	types := []*Type{k.Body}
	var fields []*Field
	for _, step := range p {
		fields = nil
		var next []*Type
		for _, t := range withVariants(types) {
			key, isKey := step.(string)
			switch {
			case isKey && t.Shape == Object && t.Fields[key] != nil:
				fields = append(fields, t.Fields[key])
				next = append(next, t.Fields[key].Type)
			case isKey && t.Shape == Map, !isKey && t.Shape == List:
				next = append(next, t.Elem)
			}
		}
		types = next
	}
	readOnly = len(fields) > 0
	for _, f := range fields {
		readOnly = readOnly && f.ReadOnly
	}
	return len(fields) > 0, readOnly
}
