package kind

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/object"
)

// TestFitRefs: an id is of the type that its field has, in lists and objects too, and unknown fields are left alone.
func TestFitRefs(t *testing.T) {
	types := table{}
	if err := types.read("object Root\n ids []integer\n id string\n one In\n some []string\n many {}number\nobject In\n n number\n"); err != nil {
		t.Fatal(err)
	}
	types.finish()
	monitor, board := object.Address{Kind: "monitor", Name: "a"}, object.Address{Kind: "dashboard", Name: "b"}
	text := func(a object.Address) object.Text { return object.Text{{Ref: &a}} }
	longer := object.Text{{Literal: "1"}, {Ref: &monitor}}
	body := map[string]any{
		"ids": []any{text(monitor), json.Number("5"), text(board), longer}, "id": object.Ref{Of: monitor},
		"one": map[string]any{"n": text(monitor)}, "some": []any{text(monitor), object.Ref{Of: monitor}},
		"many": map[string]any{"k": text(monitor)}, "extra": map[string]any{"x": text(monitor)},
	}
	want := map[string]any{
		"ids": []any{object.Ref{Of: monitor}, json.Number("5"), text(board), longer}, "id": text(monitor),
		"one": map[string]any{"n": object.Ref{Of: monitor}}, "some": []any{text(monitor), text(monitor)},
		"many": map[string]any{"k": object.Ref{Of: monitor}}, "extra": map[string]any{"x": text(monitor)},
	}
	if diff := cmp.Diff(want, types["Root"].ConvertRefs(body)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
