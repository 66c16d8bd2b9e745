package explain

import (
	"slices"
	"strings"

	"ddmon/internal/object"
)

// Object explains a monitor from a configuration. Sensitive values are removed from the body first: strings become
// object.Redacted, other values are removed. The last section lists the affected fields.
func Object(o *object.Object, names func(id string) string) []Section {
	if !o.HasSecrets() {
		return Monitor(o.Body, names)
	}
	body, _ := withoutSecrets(o, o.Body, nil).(map[string]any)
	m := newMonitor(body, names)
	m.hides = func(p object.Path) bool { return o.IsSensitive(p) && p.In(o.Body) != nil }
	var hidden []string
	for _, at := range hiddenIn(o, o.Body, nil) {
		if !slices.Contains(hidden, code(at)) {
			hidden = append(hidden, code(at))
		}
	}
	if len(hidden) == 0 {
		return m.sections()
	}
	return append(m.sections(), Section{"Not shown", []string{
		"These fields contain sensitive values and are not explained: " + strings.Join(hidden, ", ") + ".",
	}})
}

// hiddenIn returns the paths of the outermost sensitive values in v, in a form that is safe to show.
func hiddenIn(o *object.Object, v any, p object.Path) []string {
	if len(p) > 0 && o.IsSensitive(p) {
		return []string{o.ShownPath(p).String()}
	}
	var out []string
	switch v := v.(type) {
	case map[string]any:
		for _, key := range object.SortedKeys(v) {
			out = append(out, hiddenIn(o, v[key], p.With(key))...)
		}
	case []any:
		for i, e := range v {
			out = append(out, hiddenIn(o, e, p.With(i))...)
		}
	}
	return out
}

// withoutSecrets returns v, the value at p, without sensitive values; nil if nothing remains.
func withoutSecrets(o *object.Object, v any, p object.Path) any {
	if len(p) > 0 && o.IsSensitive(p) {
		switch v.(type) {
		case string, object.Text:
			return object.Redacted
		}
		return nil
	}
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, e := range v {
			if e = withoutSecrets(o, e, p.With(key)); e != nil {
				out[key] = e
			}
		}
		return out
	case []any:
		out := make([]any, 0, len(v))
		for i, e := range v {
			if e = withoutSecrets(o, e, p.With(i)); e != nil {
				out = append(out, e)
			}
		}
		return out
	}
	return v
}
