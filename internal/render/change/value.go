package change

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"ddmon/internal/object"
	"ddmon/internal/render/safe"
)

// knownLater follows a string whose ids do not exist yet.
const knownLater safe.Text = "(known after apply)"

// Inline writes a value on one line, as HCL would.
func Inline(v any) safe.Text {
	switch v := v.(type) {
	case nil:
		return "null"
	case bool:
		return safe.Line(strconv.FormatBool(v))
	case json.Number:
		return safe.Line(strings.TrimSuffix(v.String(), ".0"))
	case string:
		return safe.Quote(v)
	case object.Text:
		return safe.Quote(v.String()) + " " + knownLater
	case object.Ref:
		return safe.Line(v.String()) + " " + knownLater
	case []any:
		parts := make([]safe.Text, len(v))
		for i, e := range v {
			parts[i] = Inline(e)
		}
		return "[" + safe.Join(parts, ", ") + "]"
	case map[string]any:
		parts := make([]safe.Text, 0, len(v))
		for _, k := range object.SortedKeys(v) {
			parts = append(parts, keyText(k)+" = "+Inline(v[k]))
		}
		if len(parts) == 0 {
			return "{}"
		}
		return "{ " + safe.Join(parts, ", ") + " }"
	}
	return "?"
}

// keyText writes a key as HCL would.
func keyText(k string) safe.Text {
	return safe.Line(object.Path{k}.String())
}

// isLines reports whether a string is better shown as a heredoc.
func isLines(v any) bool {
	s, ok := v.(string)
	return ok && strings.Contains(strings.TrimRight(s, "\n"), "\n")
}

// holdsLines reports whether a value holds a string of several lines anywhere.
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
