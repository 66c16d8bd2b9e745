package object

import (
	"testing"

	"github.com/hashicorp/hcl/v2"
)

// TestPlaceInside checks which values have a path and a file instead of a position of their own.
func TestPlaceInside(t *testing.T) {
	at := func(line int) hcl.Range { return hcl.Range{Filename: "main.hcl", Start: hcl.Pos{Line: line}} }
	widget := map[string]any{"definition": map[string]any{"title": "x"}}
	o := &Object{
		Body: map[string]any{
			"title": "written", "widgets": []any{widget}, "computed": []any{widget, widget}, "tags": []any{"a"}, "later": "x",
		},
		Ranges: Ranges{
			"": at(1), "title": at(2), "widgets": at(3), "computed": at(4), "computed[0]": at(5), "computed[0].definition": at(5), "tags": at(6),
		},
		Decoded: &Decoded{Range: at(3), File: "d.json"},
	}
	for _, test := range []struct {
		path       Path
		want, file string
		ok         bool
	}{
		{Path{"title"}, "", "", false},
		{Path{"widgets"}, "widgets", "d.json", true},
		{Path{"widgets", 0, "definition", "title"}, "widgets[0].definition.title", "d.json", true},
		{Path{"widgets", 0, "layout"}, "widgets[0].layout", "d.json", true},
		{Path{"computed", 0, "definition", "title"}, "", "", false},
		{Path{"computed", 1, "definition", "title"}, "computed[1].definition.title", "", true},
		{Path{"tags", 0}, "", "", false},
		{Path{"later"}, "later", "d.json", true}, // the position is that of another instance, which lacks the field
		{Path{"missing"}, "", "", false},
		{nil, "", "", false},
	} {
		path, file, ok := o.PlaceInside(test.path)
		if !ok {
			path, file = "", ""
		}
		if path != test.want || file != test.file || ok != test.ok {
			t.Errorf("%s: %q in %q, %v; want %q in %q, %v", test.path, path, file, ok, test.want, test.file, test.ok)
		}
	}
}
