package replay

import "ddmon/internal/object"

// fields reads members of a JSON object; one that is absent, null or of another type is the zero value.
type fields map[string]any

func (f fields) text(key string) string {
	switch v := f[key].(type) {
	case string:
		return v
	case object.Text:
		return v.String()
	}
	return ""
}

func (f fields) object(key string) fields {
	switch o := f[key].(type) {
	case map[string]any:
		return o
	case fields:
		return o
	}
	return nil
}

// number returns nil where there is none.
func (f fields) number(key string) *float64 {
	if v, ok := object.Float(f[key]); ok {
		return &v
	}
	return nil
}

// or returns the number, or another where there is none.
func (f fields) or(key string, otherwise float64) float64 {
	if v := f.number(key); v != nil {
		return *v
	}
	return otherwise
}

func (f fields) boolean(key string) bool {
	b, _ := f[key].(bool)
	return b
}

func (f fields) texts(key string) []string {
	list, _ := f[key].([]any)
	var texts []string
	for _, item := range list {
		if s, ok := item.(string); ok {
			texts = append(texts, s)
		}
	}
	return texts
}

func (f fields) objects(key string) []fields {
	list, _ := f[key].([]any)
	var objects []fields
	for _, item := range list {
		if o, ok := item.(map[string]any); ok {
			objects = append(objects, o)
		}
	}
	return objects
}
