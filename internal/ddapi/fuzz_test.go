package ddapi

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

func FuzzDocument(f *testing.F) {
	for _, seed := range []string{`{"id":7,"a":[1,2.50,{"b":null}]}`, `[]`, `{"a":1,"a":2}`, `1e999999999`, `"\ud800"`, "\"\xff\"", `[[[[`, `{}{}`, "\ufeff{}"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		v, err := parseJSON(raw)
		if err != nil {
			return
		}
		// checkDecoded checks that a decoded body contains only valid types.
		checkDecoded(t, v, 0)
	})
}

// checkDecoded accepts what a body may hold.
func checkDecoded(t *testing.T, v any, depth int) {
	t.Helper()
	if depth > maxDepth {
		t.Fatalf("nesting depth %d", depth)
	}
	switch v := v.(type) {
	case map[string]any:
		for _, inner := range v {
			checkDecoded(t, inner, depth+1)
		}
	case []any:
		for _, inner := range v {
			checkDecoded(t, inner, depth+1)
		}
	case string, bool, nil:
	case json.Number:
		if f, err := v.Float64(); err != nil || len(v) > 110 {
			t.Fatalf("%s: %v, %v", v, f, err)
		}
	default:
		t.Fatalf("%T", v)
	}
}

// checkOwned checks the fields of an object of the stack "shop". The fields of an accepted object must have the right
// types.
func checkOwned(k *kind.Kind, o map[string]any) error {
	whose, err := ownershipOf(k, o, "shop", func(m object.Marker) bool { return m.Claims("shop") })
	if err != nil || whose != owned {
		return err
	}
	if err := checkFields(k, o); err != nil {
		return err
	}
	for key, v := range o {
		if _, isList := v.([]any); isList && (key == "name" || key == "title" || key == "options" || key == "query") {
			panic(key + " is a list")
		}
	}
	return nil
}

// FuzzAnswer parses arbitrary responses to each kind of request.
func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{`[{"id":7}]`, `{"dashboards":[{"id":"abc-def-ghi"}],"total":1}`, `{"id":7}`, `{"data":{"ok":[]},"errors":[]}`,
		`{"errors":{"7":["x"]}}`, `{"data":[{"attributes":{"handles":[{"value":"@a"}]}}]}`, `{"data":{"attributes":{"tags":["a:b"]}}}`,
		`[{"id":7,"tags":["ddmon_stack:shop","ddmon_id:monitor.a"],"name":5,"options":{"thresholds":{"critical":"x"}}}]`,
		`{"dashboards":[{"id":"abc-def-ghi","description":"Managed by ddmon, edits here will be overwritten: ddmon_stack:shop ddmon_id:dashboard.d","widgets":[{"definition":{"type":"note","content":7}}]}]}`} {
		f.Add([]byte(seed))
	}
	var o map[string]any
	m, d := kind.Named("monitor"), kind.Named("dashboard")
	readers := map[string]func(*responseReader) error{
		"monitor": readObject(m, "7", &o), "new dashboard": readObject(d, "", &o), "any object": anyObject,
		"list": func(r *responseReader) error {
			return r.each("it", func(o map[string]any, _ int64) error {
				id, err := idOf(m, o)
				if err == nil && (id == "" || strings.ContainsAny(id, "./?#%")) {
					panic("an id: " + id)
				}
				if err != nil {
					return err
				}
				return checkOwned(m, o)
			})
		},
		"summaries": func(r *responseReader) error {
			return r.eachUnder("dashboards", func(o map[string]any, _ int64) error { return checkOwned(d, o) })
		},
		"can delete": func(r *responseReader) error { _, err := blockedReasons(r, []string{"7"}); return err },
		"tags":       func(r *responseReader) error { _, err := metricTags(r); return err },
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for name, read := range readers {
			err := read(newResponseReader(&meter{from: bytes.NewReader(raw), limit: maxBody}))
			if err == nil {
				continue
			}
			if text := err.Error(); strings.Contains(text, "interface") || strings.Contains(text, "map[") && !strings.Contains(string(raw), "map[") {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
