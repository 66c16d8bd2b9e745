package kind

import (
	"maps"
	"slices"
	"strings"

	"ddmon/internal/object"
)

// tagMarker keeps the marker among the object's tags, after the user's.
type tagMarker struct{}

// Read implements MarkerPlace. The body is returned as it is if it holds no marker. Where the marker's were the only
// tags, an empty list is left, which is what Datadog answers for none.
func (tagMarker) Read(body map[string]any) (object.Marker, map[string]any) {
	tags, _ := body["tags"].([]any)
	m, rest := object.MarkerOfTags(tags)
	if len(rest) == len(tags) {
		return m, body
	}
	return m, with(body, "tags", rest)
}

// Write implements MarkerPlace.
func (tagMarker) Write(body map[string]any, m object.Marker) map[string]any {
	tags, _ := body["tags"].([]any)
	all := make([]any, 0, len(tags)+3)
	all = append(all, tags...)
	for _, tag := range m.Tags() {
		all = append(all, tag)
	}
	return with(body, "tags", all)
}

// lineMarker keeps the marker in the last line of the object's description.
type lineMarker struct{}

// Read implements MarkerPlace. A description that was nothing but the marker reads as absent.
func (lineMarker) Read(body map[string]any) (object.Marker, map[string]any) {
	description, ok := body["description"].(string)
	if !ok {
		return object.Marker{}, body
	}
	m, rest := object.MarkerOfText(description)
	switch rest {
	case description:
		return m, body
	case "":
		body = maps.Clone(body)
		delete(body, "description")
		return m, body
	}
	return m, with(body, "description", rest)
}

// Write implements MarkerPlace. Newlines at the end of a description, which mean nothing, give way to the one blank line
// before the marker. A description that holds ids not known yet gets the marker as one more part.
func (lineMarker) Write(body map[string]any, m object.Marker) map[string]any {
	if text, ok := body["description"].(object.Text); ok {
		text = slices.Clone(text)
		if last := len(text) - 1; last >= 0 && text[last].Ref == nil {
			text[last].Literal = strings.TrimRight(text[last].Literal, "\n")
		}
		return with(body, "description", m.WithLineBelow(text))
	}
	description, _ := body["description"].(string)
	return with(body, "description", m.WithLine(strings.TrimRight(description, "\n")))
}

// with returns a copy of body in which key has the value.
func with(body map[string]any, key string, value any) map[string]any {
	changed := make(map[string]any, len(body)+1)
	maps.Copy(changed, body)
	changed[key] = value
	return changed
}
