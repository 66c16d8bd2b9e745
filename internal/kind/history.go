package kind

import (
	"encoding/json"
	"time"

	"ddmon/internal/object"
)

// History says where a live body has when and by whom it was created and changed.
type History struct {
	// Created and Modified are fields with a time as RFC 3339 writes it, or with seconds since 1970.
	Created, Modified string
	// Creators are the places of the creator's name, the best first.
	Creators []object.Path
}

// CreatedAt is when a live object was created, as RFC 3339 writes it; "" if the body does not say.
func (k *Kind) CreatedAt(body map[string]any) string { return timeAt(body, k.History.Created) }

// ModifiedAt is when a live object last changed, as RFC 3339 writes it; "" if the body does not say.
func (k *Kind) ModifiedAt(body map[string]any) string { return timeAt(body, k.History.Modified) }

func timeAt(body map[string]any, field string) string {
	switch v := body[field].(type) {
	case string:
		return v
	case json.Number:
		if seconds, err := v.Int64(); err == nil {
			return time.Unix(seconds, 0).UTC().Format(time.RFC3339)
		}
	}
	return ""
}

// CreatedBy is the person or the service that created a live object; "" if the body does not say.
func (k *Kind) CreatedBy(body map[string]any) string {
	for _, place := range k.History.Creators {
		if who, _ := place.In(body).(string); who != "" {
			return who
		}
	}
	return ""
}

// TitleOf is the name of an object for people; "" if it has none.
func (k *Kind) TitleOf(body map[string]any) string {
	title, _ := body[k.Title].(string)
	return title
}
