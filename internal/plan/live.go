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

// textAt returns the string under a key of a body, or "".
func textAt(body map[string]any, key string) string {
	s, _ := body[key].(string)
	return s
}

// ModifiedAt is when a live object last changed, as Datadog writes it: monitors say "modified", dashboards
// "modified_at". Empty if the body has neither.
func ModifiedAt(body map[string]any) string {
	if s := textAt(body, "modified"); s != "" {
		return s
	}
	return textAt(body, "modified_at")
}

// createdAt is when a live object was made: monitors say "created", dashboards "created_at".
func createdAt(body map[string]any) string {
	if s := textAt(body, "created"); s != "" {
		return s
	}
	return textAt(body, "created_at")
}

// createdBy is the person or the service that made a live object: monitors have a creator, dashboards an author. Empty
// if the body names none.
func createdBy(body map[string]any) string {
	creator, _ := body["creator"].(map[string]any)
	for _, who := range []string{textAt(creator, "handle"), textAt(creator, "email"), textAt(body, "author_handle"), textAt(body, "author_name")} {
		if who != "" {
			return who
		}
	}
	return ""
}
