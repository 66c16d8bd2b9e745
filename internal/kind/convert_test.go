package kind

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ddmon/internal/object"
)

// TestConvert: an id is of the type that its field has, in lists and objects too, and unknown fields are left alone.
func TestConvert(t *testing.T) {
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
	if diff := cmp.Diff(want, types["Root"].Convert(body)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestConvertScalars: what HCL converts without loss is converted, and nothing else.
func TestConvertScalars(t *testing.T) {
	for _, test := range []struct {
		shape Shape
		in    any
		want  any // nil if it stays
	}{
		{Number, "90", json.Number("90")}, {Number, "-0.5", json.Number("-0.5")}, {Number, "1e3", json.Number("1e3")},
		{Number, "+5", json.Number("5")}, {Number, "007", json.Number("7")}, {Number, ".5", json.Number("0.5")},
		{Number, "", nil}, {Number, " 5", nil}, {Number, "6h", nil}, {Number, "0x10", nil}, {Number, "Inf", nil}, {Number, "NaN", nil},
		{Number, "1_000", nil}, {Number, "1,5", nil}, {Number, "1e400", json.Number("1e400")}, {Number, strings.Repeat("9", 101), nil}, {Number, "-", nil},
		{Number, "1.2.3", nil}, {Number, true, nil}, {Number, "true", nil},
		{Integer, "3", json.Number("3")}, {Integer, "60.0", json.Number("60.0")}, {Integer, "60.5", nil}, {Integer, "1e2", json.Number("1e2")},
		{String, json.Number("5"), "5"}, {String, json.Number("1.50"), "1.5"}, {String, json.Number("1e3"), "1000"}, {String, json.Number("0.1"), "0.1"},
		{String, json.Number("1e400"), nil}, {String, true, "true"}, {String, false, "false"}, {String, []any{}, nil},
		{Bool, "true", true}, {Bool, "false", false}, {Bool, "1", true}, {Bool, "0", false}, {Bool, "True", nil}, {Bool, "yes", nil},
		{Bool, json.Number("1"), nil}, {List, "a", nil}, {Object, "a", nil}, {Any, "5", nil},
	} {
		typ := &Type{Shape: test.shape}
		want := test.want
		if want == nil {
			want = test.in
		}
		got := typ.Convert(test.in)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%v as %s (-want +got):\n%s", test.in, test.shape, diff)
		}
		if again := typ.Convert(got); !cmp.Equal(again, got) {
			t.Errorf("%v as %s: first %v, then %v", test.in, test.shape, got, again)
		}
	}
}

// TestConvertUnion: a scalar that no variant has becomes that of the first that it can be converted to.
func TestConvertUnion(t *testing.T) {
	union := &Type{Shape: Union, Variants: []*Type{{Shape: List, Elem: &Type{Shape: String}}, {Shape: Bool}}}
	for in, want := range map[any]any{"true": true, "maybe": "maybe", true: true} {
		if got := union.Convert(in); got != want {
			t.Errorf("%v: %v", in, got)
		}
	}
	either := &Type{Shape: Union, Variants: []*Type{{Shape: Number}, {Shape: String}}}
	for _, in := range []any{"5", json.Number("5")} {
		if got := either.Convert(in); got != in {
			t.Errorf("%v fits and became %v", in, got)
		}
	}
}

// TestConvertEveryField: each scalar of each kind is accepted in its other form, and sent in its own.
func TestConvertEveryField(t *testing.T) {
	fields := 0
	for _, k := range All() {
		for _, typ := range reachable(k.Body) {
			for _, f := range typ.Fields {
				for _, form := range otherForms(f.Type) {
					fields++
					in := map[string]any{f.Name: form.written}
					if got := typ.Convert(in).(map[string]any)[f.Name]; !cmp.Equal(got, form.sent) {
						t.Errorf("%s %s %s: %#v became %#v", k.Name, typ.Name, f.Name, form.written, got)
					}
					for _, p := range Check(typ, in, CheckOptions{}) {
						if p.Code == CodeWrongType {
							t.Errorf("%s %s %s: %s", k.Name, typ.Name, f.Name, p.Detail)
						}
					}
				}
			}
		}
	}
	if fields < 1000 {
		t.Errorf("only %d fields", fields)
	}
}

// form is a scalar as it is written and as it has to be sent.
type form struct{ written, sent any }

func otherForms(t *Type) []form {
	switch t.Shape {
	case String:
		if len(t.Enum) == 0 {
			return []form{{json.Number("5"), "5"}, {true, "true"}}
		}
	case Number:
		return []form{{"2.5", json.Number("2.5")}}
	case Integer:
		return []form{{"3", json.Number("3")}}
	case Bool:
		return []form{{"true", true}}
	default:
	}
	return nil
}

// reachable are the objects below a type, each once.
func reachable(root *Type) []*Type {
	seen := map[*Type]bool{}
	var out []*Type
	var walk func(t *Type)
	walk = func(t *Type) {
		if t == nil || seen[t] {
			return
		}
		seen[t] = true
		if t.Shape == Object {
			out = append(out, t)
		}
		walk(t.Elem)
		for _, v := range t.Variants {
			walk(v)
		}
		for _, f := range t.Fields {
			walk(f.Type)
		}
	}
	walk(root)
	return out
}

// TestConvertRecordedBodies: a body that Datadog accepted, with each number and bool written as a string, becomes that body.
func TestConvertRecordedBodies(t *testing.T) {
	for _, r := range corpus(t) {
		body := Named(r.kind).Body
		want := body.Convert(r.body)
		if got := body.Convert(asStrings(body, r.body)); !cmp.Equal(want, got) {
			t.Errorf("%s (-want +got):\n%s", r.file, cmp.Diff(want, got))
		}
	}
}

// asStrings writes the scalars of a value as strings where the tables know the type of their place.
func asStrings(t *Type, v any) any {
	if t != nil && t.Shape == Union && slices.ContainsFunc(t.Variants, func(v *Type) bool { return v.Shape == String }) {
		return v // a string stays a string
	}
	t = t.Resolve(v)
	if t == nil {
		return v
	}
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, e := range v {
			out[key] = e
			if f := t.Field(key, v); f != nil {
				out[key] = asStrings(f.Type, e)
			}
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, e := range v {
			out[i] = e
			if t.Shape == List {
				out[i] = asStrings(t.Elem, e)
			}
		}
		return out
	case json.Number:
		if t.Shape == Number || t.Shape == Integer {
			return string(v)
		}
	case bool:
		if t.Shape == Bool {
			return strconv.FormatBool(v)
		}
	}
	return v
}
