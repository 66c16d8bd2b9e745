package render

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"ddmon/internal/object"
)

// sensitiveText stands for every value that came from a sensitive variable.
const sensitiveText = "(sensitive value)"

// knownLater follows a string whose ids do not exist yet.
const knownLater = "(known after apply)"

// inline writes a value on one line, as HCL would.
func inline(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return strconv.FormatBool(v)
	case json.Number:
		return Clean(strings.TrimSuffix(v.String(), ".0"))
	case string:
		return quote(v)
	case object.Text:
		return quote(v.String()) + " " + knownLater
	case object.Ref:
		return Clean(v.String()) + " " + knownLater
	case []any:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = inline(e)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case map[string]any:
		parts := make([]string, 0, len(v))
		for _, k := range object.SortedKeys(v) {
			parts = append(parts, keyText(k)+" = "+inline(v[k]))
		}
		if len(parts) == 0 {
			return "{}"
		}
		return "{ " + strings.Join(parts, ", ") + " }"
	}
	return "?"
}

func quote(s string) string {
	return `"` + strings.ReplaceAll(Clean(s), `"`, `\"`) + `"`
}

// keyText writes a key as HCL would.
func keyText(k string) string {
	return Clean(object.Path{k}.String())
}

// isLines reports whether a string is better shown as a heredoc.
func isLines(v any) bool {
	s, ok := v.(string)
	return ok && strings.Contains(strings.TrimRight(s, "\n"), "\n")
}

// holdsLines reports whether a string of several lines stands anywhere in a value.
func holdsLines(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		for _, e := range v {
			if holdsLines(e) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v, holdsLines)
	}
	return isLines(v)
}

// isScalar reports whether a value takes no lines of its own.
func isScalar(v any) bool {
	switch v.(type) {
	case map[string]any, []any:
		return false
	}
	return true
}
