package conformance_test

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// example is what a kind has to bring along: the file testdata/KIND.json.
type example struct {
	// Example is the body of an object that refers to no other.
	Example map[string]any
	// Change holds new values of some of its keys, but not of the one that has the marker.
	Change map[string]any
	// References are bodies that refer to other objects: "${monitor.first}" in a string is the id of the example of
	// monitors, and {"ddmon:id_of": "monitor.first"} the same as a number. They may be of any number and kind.
	References []map[string]any
}

func exampleOf(t *testing.T, name string) example {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatalf("a kind needs an example of an object and of a change: %v", err)
	}
	v, err := object.Decode(raw)
	if err != nil {
		t.Fatalf("testdata/%s.json: %v", name, err)
	}
	in, _ := v.(map[string]any)
	var e example
	e.Example, _ = in["example"].(map[string]any)
	e.Change, _ = in["change"].(map[string]any)
	list, _ := in["references"].([]any)
	for _, body := range list {
		o, _ := body.(map[string]any)
		e.References = append(e.References, o)
	}
	if e.Example == nil || e.Change == nil {
		t.Fatalf("testdata/%s.json has no example or no change", name)
	}
	return e
}

// title is how objects are named in Datadog: every title of a kind has this form, that of downtimes, which is a scope, too.
func title(name string) string { return "name:" + name }

// body returns the example under another name.
func (e example) body(k *kind.Kind, name string) map[string]any {
	body := maps.Clone(e.Example)
	body[k.Title] = title(name)
	return body
}

// writable returns a live body without what only Datadog writes.
func writable(k *kind.Kind, live map[string]any) map[string]any {
	body := maps.Clone(live)
	for key := range body {
		if field := k.Body.Field(key, body); field != nil && field.ReadOnly {
			delete(body, key)
		}
	}
	return body
}

// changed returns a body with the change.
func (e example) changed(body map[string]any) map[string]any {
	body = maps.Clone(body)
	maps.Copy(body, e.Change)
	return body
}

var idOf = regexp.MustCompile(`\$\{([^}]+)\}`)

// resolved returns a value of an example in which references are what a configuration has in their place, and adds the
// addresses to needs.
func resolved(t *testing.T, v any, needs map[object.Address]bool) any {
	t.Helper()
	address := func(text string) object.Address {
		a, err := object.ParseAddress(text)
		if err != nil {
			t.Fatal(err)
		}
		needs[a] = true
		return a
	}
	switch v := v.(type) {
	case string:
		at := idOf.FindAllStringSubmatchIndex(v, -1)
		if at == nil {
			return v
		}
		var parts object.Text
		from := 0
		for _, m := range at {
			if m[0] > from {
				parts = append(parts, object.Part{Literal: v[from:m[0]]})
			}
			a := address(v[m[2]:m[3]])
			parts = append(parts, object.Part{Ref: &a})
			from = m[1]
		}
		if from < len(v) {
			parts = append(parts, object.Part{Literal: v[from:]})
		}
		return parts
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = resolved(t, e, needs)
		}
		return out
	case map[string]any:
		if text, isRef := v["ddmon:id_of"].(string); isRef {
			return object.Ref{Of: address(text)}
		}
		out := make(map[string]any, len(v))
		for key, e := range v {
			out[key] = resolved(t, e, needs)
		}
		return out
	}
	return v
}

func text(v any) string { return fmt.Sprint(v) }
