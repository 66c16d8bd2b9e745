package kind

import (
	"encoding/json"
	"time"

	"ddmon/internal/object"
)

// History names the fields of a live body with the times of its creation and last change and its creator.
type History struct {
	// Created and Modified are fields with a time in RFC 3339 or in seconds since 1970.
	Created, Modified string
	// Creators are the paths of the creator's name, best first.
	Creators []object.Path
}

// CreatedAt returns the creation time of a live object in RFC 3339, or "" if the body does not have it.
func (k *Kind) CreatedAt(body map[string]any) string { return timeAt(body, k.History.Created) }

// ModifiedAt returns the time of the last change of a live object in RFC 3339, or "" if the body does not have it.
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

// CreatedBy returns the user or service that created a live object, or "" if the body does not have it.
func (k *Kind) CreatedBy(body map[string]any) string {
	for _, path := range k.History.Creators {
		if who, _ := path.In(body).(string); who != "" {
			return who
		}
	}
	return ""
}

// TitleKey returns Title.
func (k *Kind) TitleKey() string { return k.Title }

// TitleOf returns the name of an object in Datadog, or "" if it has none.
func (k *Kind) TitleOf(body map[string]any) string {
	title, _ := body[k.Title].(string)
	return title
}
