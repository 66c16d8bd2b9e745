package change

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"ddmon/internal/object"
	"ddmon/internal/render/safe"
)

// knownAfterApply follows a string with ids that do not exist yet.
const knownAfterApply safe.Text = "(known after apply)"

// Inline writes a value as HCL on one line.
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
		return safe.Quote(v.String()) + " " + knownAfterApply
	case object.Ref:
		return safe.Line(v.String()) + " " + knownAfterApply
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

// keyText writes a key as HCL, quoted if necessary.
func keyText(k string) safe.Text {
	return safe.Line(object.Path{k}.String())
}

// isMultiline reports whether a value is a string to write as a heredoc.
func isMultiline(v any) bool {
	s, ok := v.(string)
	return ok && strings.Contains(strings.TrimRight(s, "\n"), "\n")
}

// containsMultiline reports whether a value contains a multi-line string at any depth.
func containsMultiline(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		for _, e := range v {
			if containsMultiline(e) {
				return true
			}
		}
	case []any:
		return slices.ContainsFunc(v, containsMultiline)
	}
	return isMultiline(v)
}

// isScalar reports whether a value is neither an object nor a list.
func isScalar(v any) bool {
	switch v.(type) {
	case map[string]any, []any:
		return false
	}
	return true
}
