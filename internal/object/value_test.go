package object

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNumbersEqual(t *testing.T) {
	tests := []struct {
		a, b json.Number
		want bool
	}{
		{"2", "2.0", true},
		{"2", "2e0", true},
		{"1000", "1e3", true},
		{"0.1", "1e-1", true},
		{"-0", "0", true},
		{"9007199254740993", "9007199254740992", false},
		{"0.30000000000000004", "0.3", false},
		{"1e999999999", "1e999999999", true},
		{"1e999999999", "1e999999998", false},
		{"x", "y", false},
	}
	for _, test := range tests {
		if got := NumbersEqual(test.a, test.b); got != test.want {
			t.Errorf("%s equals %s: %v", test.a, test.b, got)
		}
	}
}

func TestEqual(t *testing.T) {
	a := Address{Kind: "monitor", Name: "a"}
	text := Text{{Literal: "x"}, {Ref: &a}}
	tests := []struct {
		a, b any
		want bool
	}{
		{nil, nil, true},
		{nil, false, false},
		{"1", json.Number("1"), false},
		{[]any{json.Number("1")}, []any{json.Number("1.0")}, true},
		{map[string]any{"a": nil}, map[string]any{}, false},
		{map[string]any{"a": nil}, map[string]any{"b": nil}, false},
		{text, Text{{Literal: "x"}, {Ref: &Address{Kind: "monitor", Name: "a"}}}, true},
		{text, "x", false},
		{text, Text{{Literal: "x"}}, false},
	}
	for _, test := range tests {
		if got := Equal(test.a, test.b); got != test.want {
			t.Errorf("Equal(%v, %v) = %v", test.a, test.b, got)
		}
	}
}

func TestDecodeTrailingData(t *testing.T) {
	if _, err := Decode([]byte(`{} {}`)); err == nil {
		t.Error("two values are accepted")
	}
}

func TestWith(t *testing.T) {
	before := map[string]any{"a": map[string]any{"b": "1"}}
	after := With(before, Path{"a", "c"}, "2")
	if d := cmp.Diff(map[string]any{"a": map[string]any{"b": "1", "c": "2"}}, after); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(map[string]any{"a": map[string]any{"b": "1"}}, before); d != "" {
		t.Errorf("the argument was changed: %s", d)
	}
}

func TestText(t *testing.T) {
	a, b := Address{Kind: "monitor", Name: "a"}, Address{Kind: "monitor", Name: "b"}
	text := Text{{Ref: &a}, {Literal: " && "}, {Ref: &b}}
	body := map[string]any{"query": text, "list": []any{"x", text}, "other": "y"}

	one := func(x Address) (string, bool) { return "1", x == a }
	half := ResolveRefs(body, one).(map[string]any)
	if d := cmp.Diff(Text{{Literal: "1 && "}, {Ref: &b}}, half["query"]); d != "" {
		t.Error(d)
	}
	all := ResolveRefs(half, func(Address) (string, bool) { return "2", true })
	if d := cmp.Diff(map[string]any{"query": "1 && 2", "list": []any{"x", "1 && 2"}, "other": "y"}, all); d != "" {
		t.Error(d)
	}

	var refs []string
	WalkRefs(body, func(p Path, a Address) { refs = append(refs, p.String()+" "+a.String()) })
	want := []string{"list[1] monitor.a", "list[1] monitor.b", "query monitor.a", "query monitor.b"}
	if d := cmp.Diff(want, refs); d != "" {
		t.Error(d)
	}

	raw, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	var back Text
	if err := json.Unmarshal(raw, &back); err != nil || !Equal(text, back) {
		t.Errorf("%s decodes as %v (%v)", raw, back, err)
	}
}

func TestPath(t *testing.T) {
	p := Path{"widgets", 0, "definition", "a b", "x-y"}
	if got := p.String(); got != `widgets[0].definition["a b"].x-y` {
		t.Error(got)
	}
	longer, other := p.With("a"), p.With("b")
	if longer[5] != "a" || other[5] != "b" {
		t.Error("two extended paths share memory")
	}
}

func TestFloat(t *testing.T) {
	for _, tt := range []struct {
		v    any
		want float64
		ok   bool
	}{
		{json.Number("1.5"), 1.5, true}, {json.Number("1e400"), 0, false}, {json.Number(""), 0, false},
		{2.5, 2.5, true}, {3, 3, true}, {"4", 0, false}, {true, 0, false}, {nil, 0, false},
	} {
		if got, ok := Float(tt.v); got != tt.want || ok != tt.ok {
			t.Errorf("Float(%#v) = %v, %t, want %v, %t", tt.v, got, ok, tt.want, tt.ok)
		}
	}
}
