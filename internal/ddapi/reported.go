package ddapi

import (
	"cmp"
	"fmt"
	"strings"

	"ddmon/internal/object"
)

// reportedError is an error that a successful response contains. What the response says otherwise is incomplete: a list
// can be empty because a part of Datadog was down.
type reportedError struct{ text string }

func (e *reportedError) Error() string { return e.text }

// reportedUnder returns the error in the value of a response's key, if it is one of those for errors and not empty.
func reportedUnder(key string, v any) error {
	meta, isObject := v.(map[string]any)
	switch {
	case key == "meta" && isObject:
		return cmp.Or(reportedUnder("errors", meta["errors"]), reportedUnder("error", meta["error"]))
	case key == "status" && v == "error":
		return &reportedError{`its status is "error"`}
	}
	if key != "errors" && key != "error" || isEmpty(v) || v == false {
		return nil
	}
	return &reportedError{orElse(strings.Join(textsIn(v), "; "), "it gives no reason")}
}

// textsIn collects the messages in a value of "errors".
func textsIn(v any) []string {
	var out []string
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		for _, e := range v {
			out = append(out, textsIn(e)...)
		}
	case map[string]any:
		for _, key := range []string{"detail", "title", "message"} {
			if s, ok := v[key].(string); ok && s != "" {
				return []string{s}
			}
		}
		for _, key := range object.SortedKeys(v) {
			for _, text := range textsIn(v[key]) {
				out = append(out, fmt.Sprintf("%s: %s", key, text))
			}
		}
	}
	return out
}

// isEmpty reports whether a value of "errors" contains no error.
func isEmpty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

func orElse(s, other string) string {
	if s == "" {
		return other
	}
	return s
}
