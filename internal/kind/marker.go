package kind

import (
	"maps"
	"slices"
	"strings"

	"ddmon/internal/object"
)

// tagMarker stores the marker in the object's tags, after the user's tags.
type tagMarker struct{}

// Field implements MarkerLocation.
func (tagMarker) Field() string { return "tags" }

// IsLine implements MarkerLocation.
func (tagMarker) IsLine() bool { return false }

// Read implements MarkerLocation. It returns a body without a marker unchanged. If there are no other tags, an empty list
// remains, as in Datadog's responses.
func (tagMarker) Read(body map[string]any) (object.Marker, map[string]any) {
	tags, _ := body["tags"].([]any)
	m, rest := object.MarkerOfTags(tags)
	if len(rest) == len(tags) {
		return m, body
	}
	return m, with(body, "tags", rest)
}

// Write implements MarkerLocation.
func (tagMarker) Write(body map[string]any, m object.Marker) map[string]any {
	tags, _ := body["tags"].([]any)
	all := make([]any, 0, len(tags)+3)
	all = append(all, tags...)
	for _, tag := range m.Tags() {
		all = append(all, tag)
	}
	return with(body, "tags", all)
}

// lineMarker stores the marker in the last line of a string field.
type lineMarker struct{ field string }

// Field implements MarkerLocation.
func (l lineMarker) Field() string { return l.field }

// IsLine implements MarkerLocation.
func (lineMarker) IsLine() bool { return true }

// Read implements MarkerLocation. A string that consists only of the marker is removed.
func (l lineMarker) Read(body map[string]any) (object.Marker, map[string]any) {
	text, ok := body[l.field].(string)
	if !ok {
		return object.Marker{}, body
	}
	m, rest := object.MarkerOfText(text)
	switch rest {
	case text:
		return m, body
	case "":
		return m, without(body, l.field)
	}
	return m, with(body, l.field, rest)
}

// Write implements MarkerLocation. One blank line before the marker replaces newlines at the end of the string, which have
// no meaning. The marker is added as another part to a string with ids that are not known yet.
func (l lineMarker) Write(body map[string]any, m object.Marker) map[string]any {
	if parts, ok := body[l.field].(object.Text); ok {
		parts = slices.Clone(parts)
		if last := len(parts) - 1; last >= 0 && parts[last].Ref == nil {
			parts[last].Literal = strings.TrimRight(parts[last].Literal, "\n")
		}
		return with(body, l.field, m.WithLineBelow(parts))
	}
	text, _ := body[l.field].(string)
	return with(body, l.field, m.WithLine(strings.TrimRight(text, "\n")))
}

// without returns a copy of body without key.
func without(body map[string]any, key string) map[string]any {
	changed := maps.Clone(body)
	delete(changed, key)
	return changed
}

// with returns a copy of body with key set to value.
func with(body map[string]any, key string, value any) map[string]any {
	changed := make(map[string]any, len(body)+1)
	maps.Copy(changed, body)
	changed[key] = value
	return changed
}
