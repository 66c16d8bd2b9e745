package plan

import (
	"encoding/json"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// FromLive turns a body as Datadog returned it into an Object: id and marker are read off it, and the marker is
// taken out of the body.
func FromLive(k *kind.Kind, raw map[string]any) *object.Object {
	marker, body := k.Marker.Read(raw)
	o := &object.Object{Address: object.Address{Kind: k.Name}, Body: body, Marker: marker}
	switch id := raw["id"].(type) {
	case string:
		o.ID = id
	case json.Number:
		o.ID = id.String()
	}
	if a, ok := object.AddressOfSlug(marker.Slug); ok {
		o.Address = a
	} else {
		// A slug that was cut cannot be read back; as it is, it still tells one object from another.
		o.Address.Name = marker.Slug
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
