package plan

import (
	"encoding/json"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// FromLive turns a body as Datadog returned it into an Object: id and marker are read off it, and the marker is
// taken out of the body. A marker that names an object of another kind is a person's text.
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
		// A slug that was cut cannot be read back; as it is, it still tells one object from another.
		o.Address.Name = marker.Slug
	default:
		o.Body, o.Marker = raw, object.Marker{}
	}
	return o
}
