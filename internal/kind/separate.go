package kind

import (
	"net/url"

	"ddmon/internal/object"
)

// ReadWith returns the parameters with which a read by id returns all fields of an object. Lists do not have them all.
func (k *Kind) ReadWith() url.Values {
	if k.Body == nil {
		return nil
	}
	var parameters url.Values
	for _, f := range k.Body.Fields {
		if f.ReadWith == "" {
			continue
		}
		if parameters == nil {
			parameters = url.Values{}
		}
		parameters.Set(f.ReadWith, "true")
	}
	return parameters
}

// Unlisted returns the fields of a desired body that lists do not have, but a read by id does, in order.
func (k *Kind) Unlisted(body map[string]any) []string {
	var unlisted []string
	for _, key := range object.SortedKeys(body) {
		if f := k.Body.Field(key, body); f != nil && f.ReadWith != "" && body[key] != nil {
			unlisted = append(unlisted, key)
		}
	}
	return unlisted
}
