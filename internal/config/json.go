package config

import (
	"maps"

	"ddmon/internal/kind"
	"ddmon/internal/lang"
	"ddmon/internal/object"
)

// overJSON merges the fields of the block into a body read from JSON; the block wins. Fields that only Datadog sets are
// in every export and left out.
func (c compiled) overJSON(r *run, written map[string]any) map[string]any {
	body := maps.Clone(written)
	var fromJSON []string
	before := len(r.failed)
	r.at(jsonField, func() {
		v, _ := c.json.eval(r)
		from, isObject := v.(map[string]any)
		switch {
		case !isObject && len(r.failed) > before: // reported
		case !isObject:
			r.scope.Report.Error("wrong_type", "\"json\" must be an object", "json must be the whole "+c.kind.Name+" in the format of Datadog's API. Write: json = jsondecode(file(\"exported.json\"))",
				c.json.expr.Range())
			r.fail(nil)
		default:
			from = withoutReadOnly(c.kind.Body, from).(map[string]any)
			for key, v := range from {
				if _, ok := body[key]; !ok {
					body[key] = v
					fromJSON = append(fromJSON, key)
				}
			}
		}
	})
	secrets, allSecret := r.sensitive[""]
	delete(r.sensitive, "")
	if allSecret {
		r.mark(object.OpenKey(nil), secrets)
	}
	for _, key := range fromJSON {
		r.at(key, func() {
			r.setRange(c.json.expr.Range(), c.json.name)
			if allSecret {
				r.markSensitive(body[key], []lang.SensitiveAt{{Names: secrets}})
			}
		})
	}
	return body
}

// withoutReadOnly returns v without the fields that only Datadog sets.
func withoutReadOnly(t *kind.Type, v any) any {
	t = t.Resolve(v)
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, e := range v {
			f := t.Field(key, v)
			switch {
			case f == nil:
				out[key] = e
			case !f.ReadOnly:
				out[key] = withoutReadOnly(f.Type, e)
			}
		}
		return out
	case []any:
		if t == nil || t.Shape != kind.List {
			return v
		}
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = withoutReadOnly(t.Elem, e)
		}
		return out
	}
	return v
}
