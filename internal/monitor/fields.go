package monitor

import (
	"encoding/json"
	"fmt"
)

// Fields reads members of a JSON object; one that is absent, null or of another type is the zero value.
type Fields map[string]any

// Has reports whether a member is there and not null.
func (f Fields) Has(key string) bool { return f[key] != nil }

// Text returns a string. A text with ids that are not known yet (object.Text) reads as its String method shows it.
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

// Object returns a member that is an object, or nil.
func (f Fields) Object(key string) Fields {
	o, _ := f[key].(map[string]any)
	return o
}

// Number returns nil where there is none.
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

// Bool returns nil where there is none.
func (f Fields) Bool(key string) *bool {
	if v, ok := f[key].(bool); ok {
		return &v
	}
	return nil
}

// Texts returns the strings of a list.
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
