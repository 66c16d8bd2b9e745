package plan

import (
	"encoding/json"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// FromLive converts a body that Datadog returned to an Object with its id and marker, and removes the marker from the
// body. A marker with an address of another kind is not a marker, but text that a user wrote.
func FromLive(k *kind.Kind, raw map[string]any) *object.Object {
	marker, body := k.Marker.Read(raw)
	o := &object.Object{Address: object.Address{Kind: k.Name}, Body: body, Marker: marker}
	switch id := raw["id"].(type) {
	case string:
		o.ID = id
	case json.Number:
		o.ID = id.String()
	}
	a, ok := object.AddressOfSlug(marker.Slug)
	switch {
	case ok && a.Kind == k.Name:
		o.Address = a
	case marker.Slug == "":
	case !ok && object.IsSlugOf(k.Name, marker.Slug):
		// A shortened slug cannot be parsed. Unparsed, it still identifies the object.
		o.Address.Name = marker.Slug
	default:
		o.Body, o.Marker = raw, object.Marker{}
	}
	return o
}
