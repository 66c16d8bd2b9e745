package ddapi

import (
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// shapeError says how an answer differs from what it should be.
type shapeError struct{ text string }

func (e *shapeError) Error() string { return e.text }

func wrongShape(format string, args ...any) error { return &shapeError{fmt.Sprintf(format, args...)} }

// kindOfToken names a kind of value by the token it begins with; it is empty for text that is not JSON.
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

// kindOf names the kind of a decoded value.
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

// typed returns a decoded value as what it has to be. What is its name in an error.
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

// optional returns the value of a key that may be missing or null; it is empty then.
func optional[T string | []any | map[string]any](o map[string]any, key string) (T, error) {
	if o[key] == nil {
		var none T
		return none, nil
	}
	return typed[T](o[key], strconv.Quote(key))
}
