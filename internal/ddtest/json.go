package ddtest

import (
	"encoding/json"
	"io"
	"strings"
	"testing"
)

// Object reads a JSON object. Its numbers are json.Number, as in every body that ddmon holds.
func Object(t testing.TB, text string) map[string]any {
	t.Helper()
	d := json.NewDecoder(strings.NewReader(text))
	d.UseNumber()
	var o map[string]any
	if err := d.Decode(&o); err != nil || o == nil {
		t.Fatalf("not a JSON object: %v: %s", err, text)
	}
	if _, err := d.Token(); err != io.EOF {
		t.Fatalf("text after the JSON object: %s", text)
	}
	return o
}
