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

// example is the test data of a kind in testdata/KIND.json.
type example struct {
	// Example is the body of an object without references.
	Example map[string]any
	// Change contains new values for some keys, except the key with the ownership marker.
	Change map[string]any
	// References are bodies that refer to other objects. In a string, "${monitor.first}" is the id of the example monitor.
	// {"ddmon:id_of": "monitor.first"} is the same id as a number. A body can refer to any number of objects of any kind.
	References []map[string]any
}

func exampleOf(t *testing.T, name string) example {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatalf("every kind needs an example object and an example change: %v", err)
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
		t.Fatalf("testdata/%s.json: missing example or change", name)
	}
	return e
}

// title returns the title of an object in Datadog. Its format is valid for all kinds, including downtimes, whose title
// is a scope.
func title(name string) string { return "name:" + name }

// body returns the example with another name.
func (e example) body(k *kind.Kind, name string) map[string]any {
	body := maps.Clone(e.Example)
	body[k.Title] = title(name)
	return body
}

// writable returns a live body without read-only fields.
func writable(k *kind.Kind, live map[string]any) map[string]any {
	body := maps.Clone(live)
	for key := range body {
		if field := k.Body.Field(key, body); field != nil && field.ReadOnly {
			delete(body, key)
		}
	}
	return body
}

// changed returns a body with the example change.
func (e example) changed(body map[string]any) map[string]any {
	body = maps.Clone(body)
	maps.Copy(body, e.Change)
	return body
}

var idOf = regexp.MustCompile(`\$\{([^}]+)\}`)

// resolved replaces the references in an example by the values that a configuration contains, and adds their addresses
// to needs.
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
