package ddtest

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
	"testing"
)

// Object decodes a JSON object. Numbers become json.Number, as in all bodies in ddmon.
func Object(t testing.TB, text string) map[string]any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var o map[string]any
	if err := d.Decode(&o); err != nil || o == nil {
		t.Fatalf("not a JSON object: %v: %s", err, text)
	}
	if _, err := d.Token(); err != io.EOF {
		t.Fatalf("unexpected data after the JSON object: %s", text)
	}
	return o
}

// Objects returns the JSON objects in a recorded body: the body itself, or the objects in a list. It returns nil for
// other bodies, such as the bodies of failed requests.
func Objects(raw json.RawMessage) []map[string]any {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	var body any
	_ = d.Decode(&body) // a body can be empty
	if one, ok := body.(map[string]any); ok {
		return []map[string]any{one}
	}
	var many []map[string]any
	list, _ := body.([]any)
	for _, item := range list {
		if one, ok := item.(map[string]any); ok {
			many = append(many, one)
		}
	}
	return many
}
