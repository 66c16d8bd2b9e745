package ddapi

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// shapeError reports how a response differs from the expected format.
type shapeError struct{ text string }

func (e *shapeError) Error() string { return e.text }

func wrongShape(format string, args ...any) error { return &shapeError{fmt.Sprintf(format, args...)} }

// kindOfToken names the JSON type of a value by its first token, or returns "" for invalid JSON.
func kindOfToken(k jsontext.Kind) string {
	switch k {
	case 'n':
		return kindOf(nil)
	case 't', 'f':
		return kindOf(true)
	case '"':
		return kindOf("")
	case '0':
		return kindOf(json.Number(""))
	case '{':
		return kindOf(map[string]any(nil))
	case '[':
		return kindOf([]any(nil))
	default:
		return ""
	}
}

// kindOf names the JSON type of a decoded value.
func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case string:
		return "a string"
	case json.Number:
		return "a number"
	case map[string]any:
		return "an object"
	}
	return "a list"
}

// typed returns a decoded value as a T. Errors call the value what.
func typed[T string | []any | map[string]any](v any, what string) (T, error) {
	out, ok := v.(T)
	if !ok {
		return out, wrongShape("%s is %s, not %s", what, kindOf(v), kindOf(out))
	}
	return out, nil
}

// member returns the value of a key.
func member[T string | []any | map[string]any](o map[string]any, key string) (T, error) {
	if _, found := o[key]; !found {
		var none T
		return none, wrongShape("it has no %q", key)
	}
	return typed[T](o[key], strconv.Quote(key))
}

// optional returns the value of a key, or the zero value if the key is missing or null.
func optional[T string | []any | map[string]any](o map[string]any, key string) (T, error) {
	if o[key] == nil {
		var none T
		return none, nil
	}
	return typed[T](o[key], strconv.Quote(key))
}

// objects returns the objects in an optional list.
func objects(o map[string]any, key string) ([]map[string]any, error) {
	list, err := optional[[]any](o, key)
	if err != nil {
		return nil, err
	}
	all := make([]map[string]any, len(list))
	for i, item := range list {
		if all[i], err = typed[map[string]any](item, "an item of "+strconv.Quote(key)); err != nil {
			return nil, err
		}
	}
	return all, nil
}
