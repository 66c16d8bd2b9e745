package object

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestRefs: ids are found and resolved at any depth, as numbers and in strings.
func TestRefs(t *testing.T) {
	a, b := Address{Kind: "monitor", Name: "a"}, Address{Kind: "monitor", Name: "b", Key: "k", Keyed: true}
	body := map[string]any{
		"alert_id": Text{{Ref: &a}}, "monitor_ids": []any{Ref{a}, json.Number("5"), Ref{b}},
		"nested": map[string]any{"list": []any{[]any{Ref{b}}}}, "other": "y",
	}
	var refs []string
	WalkRefs(body, func(p Path, a Address) { refs = append(refs, p.String()+" "+a.String()) })
	want := []string{"alert_id monitor.a", "monitor_ids[0] monitor.a", `monitor_ids[2] monitor.b["k"]`, `nested.list[0][0] monitor.b["k"]`}
	if d := cmp.Diff(want, refs); d != "" {
		t.Error(d)
	}

	half := ResolveRefs(body, func(x Address) (string, bool) { return "12", x == a })
	if d := cmp.Diff(map[string]any{
		"alert_id": "12", "monitor_ids": []any{json.Number("12"), json.Number("5"), Ref{b}},
		"nested": map[string]any{"list": []any{[]any{Ref{b}}}}, "other": "y",
	}, half); d != "" {
		t.Error(d)
	}
	spelled := ResolveRefs(half, func(a Address) (string, bool) { return "${" + a.String() + ".id}", true })
	if got := spelled.(map[string]any)["monitor_ids"]; !Equal(got, []any{json.Number("12"), json.Number("5"), `${monitor.b["k"].id}`}) {
		t.Error(got)
	}
	if d := cmp.Diff([]any{Ref{a}, json.Number("5"), Ref{b}}, body["monitor_ids"]); d != "" {
		t.Errorf("the argument was changed: %s", d)
	}
}

func TestRefJSON(t *testing.T) {
	r := Ref{Address{Module: Module("").Child("m"), Kind: "monitor", Name: "a"}}
	raw, err := json.Marshal(r)
	if err != nil || string(raw) != `{"ddmon:id_of":"module.m.monitor.a"}` {
		t.Fatalf("%s (%v)", raw, err)
	}
	var back Ref
	if err := json.Unmarshal(raw, &back); err != nil || !Equal(r, back) {
		t.Errorf("%v (%v)", back, err)
	}
	for _, bad := range []string{`{}`, `{"ddmon:id_of":"monitor"}`, `{"ddmon:id_of":"monitor.a","x":"monitor.b"}`, `7`, `{"x":"monitor.a"}`} {
		if err := json.Unmarshal([]byte(bad), &back); err == nil {
			t.Errorf("%s decodes as %v", bad, back)
		}
	}
	if Equal(r, Ref{}) || Equal(r, json.Number("1")) || Equal(Text{{Ref: &r.Of}}, r) {
		t.Error("a reference equals another value")
	}
}
