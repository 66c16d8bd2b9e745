package monitor

import (
	"encoding/json"
	"fmt"
)

// Fields provides typed access to a JSON object. A field that is missing, null or of another type has the zero value.
type Fields map[string]any

// Has reports whether a field exists and is not null.
func (f Fields) Has(key string) bool { return f[key] != nil }

// Text returns a string field. For a string with unknown IDs (object.Text), it returns the result of its String method.
func (f Fields) Text(key string) string {
	switch v := f[key].(type) {
	case string:
		return v
	case json.Number:
		return ""
	case fmt.Stringer:
		return v.String()
	}
	return ""
}

// Object returns an object field, or nil. An object without a value in it is nil, too: YAML files and blocks with
// optional attributes have threshold_windows = {}.
func (f Fields) Object(key string) Fields {
	o, _ := f[key].(map[string]any)
	for _, v := range o {
		if v != nil {
			return o
		}
	}
	return nil
}

// Number returns a number field, or nil.
func (f Fields) Number(key string) *float64 {
	switch n := f[key].(type) {
	case float64:
		return &n
	case json.Number:
		if v, err := n.Float64(); err == nil {
			return &v
		}
	case int:
		v := float64(n)
		return &v
	}
	return nil
}

// Bool returns a bool field, or nil.
func (f Fields) Bool(key string) *bool {
	if v, ok := f[key].(bool); ok {
		return &v
	}
	return nil
}

// Texts returns the strings of a list field.
func (f Fields) Texts(key string) []string {
	list, _ := f[key].([]any)
	var texts []string
	for _, item := range list {
		if s, ok := item.(string); ok {
			texts = append(texts, s)
		}
	}
	return texts
}
