package lint

import (
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/object"
)

// FuzzMonitor: no input makes a rule panic, and every reported range is inside the string.
func FuzzMonitor(f *testing.F) {
	for _, cases := range ruleCases() {
		for _, c := range cases {
			for _, raw := range c.stack {
				var body struct{ Type, Name, Query, Message string }
				if json.Unmarshal([]byte(raw), &body) == nil && body.Query != "" {
					f.Add(body.Type, body.Name, body.Query, body.Message)
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, monitorType, name, query, message string) {
		for _, text := range []string{monitorType, name, query, message} {
			if !utf8.ValidString(text) {
				t.Skip("HCL and JSON only allow valid UTF-8")
			}
		}
		ref := object.Address{Kind: "monitor", Name: "other"}
		queries := []any{query, object.Text{{Literal: query}, {Ref: &ref}, {Literal: query}}}
		for i, q := range queries {
			body := map[string]any{"type": monitorType, "name": name, "query": q, "message": message}
			in := Input{Objects: []*object.Object{newObject(object.Address{Kind: "monitor", Name: "m"}, body)}}
			in.Locate = func(o *object.Object, p object.Path, from, to int) hcl.Range {
				if text := stringOf(p.In(o.Body)); from < 0 || from > to || to > len(text) {
					t.Fatalf("query %d: [%d,%d) of %s, %q", i, from, to, p, text)
				}
				return hcl.Range{}
			}
			Validate(in)
			Lint(in)
		}
	})
}

// stringOf returns a string, or the result of a Text's String method.
func stringOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case object.Text:
		return v.String()
	}
	return ""
}
