package lang

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/diag"
	"ddmon/internal/object"
)

// TestNumbersOfIDs: an id passes through tonumber, lists, sets, texts and for as long as it decides nothing.
func TestNumbersOfIDs(t *testing.T) {
	a := object.Address{Kind: "monitor", Name: "o"}
	ref, text := object.Ref{Of: a}, object.Text{{Ref: &a}}
	for source, want := range map[string]any{
		`tonumber(X)`:                              ref,
		`tonumber(tostring(tonumber(X)))`:          ref,
		`[tonumber(X), 5]`:                         []any{ref, json.Number("5")},
		`concat([tonumber(X)], [5])`:               []any{ref, json.Number("5")},
		`[for i in [X, X] : tonumber(i)]`:          []any{ref, ref},
		`toset([tonumber(X), tonumber(X)])`:        []any{ref},
		`toset([X, X])`:                            []any{text},
		`[for i in toset([tonumber(X)]) : i]`:      []any{ref},
		`format("%s %.1f", X, 1.25)`:               object.Text{{Ref: &a}, {Literal: " 1.2"}},
		`tolist(toset([X]))`:                       []any{text},
		`{ ids = [for i in toset([X]) : i] }`:      map[string]any{"ids": []any{text}},
		`"${tonumber(X)}"`:                         text,
		`"a ${tonumber(X)} b"`:                     object.Text{{Literal: "a "}, {Ref: &a}, {Literal: " b"}},
		`jsonencode([tonumber(X)])`:                object.Text{{Literal: "["}, {Ref: &a}, {Literal: "]"}},
		`jsondecode(jsonencode([tonumber(X)]))[0]`: ref,
		`format("%s-%v", tonumber(X), X)`:          object.Text{{Ref: &a}, {Literal: "-"}, {Ref: &a}},
		`tonumber("12")`:                           json.Number("12"),
		`tonumber(null)`:                           nil,
	} {
		scope := newTestScope(nil)
		value, diags := evaluateIn(t, scope, replaceX(source))
		if diags.HasErrors() {
			t.Errorf("%s: %s", source, describe(diags))
			continue
		}
		conversion := scope.Refs.Conversion()
		if got := conversion.Convert(value); !object.Equal(got, want) || len(conversion.Faults) > 0 {
			t.Errorf("%s is %#v, %v", source, got, conversion.Faults)
		}
	}
}

// TestNumbersFromIDs: numbers computed from an id are errors, and no digits of its sentinel remain.
func TestNumbersFromIDs(t *testing.T) {
	for _, source := range []string{
		`tonumber(X) + 1`, `-tonumber(X)`, `tonumber(X) * 1.5`, `tonumber(X) > 5`, `tonumber(X) == 5 ? 1 : 2`, `max(tonumber(X), 1)`,
		`format("%.3s", tonumber(X))`, `format("%.3s", X)`, `format("%d", tonumber(X))`, `format("%x", tonumber(X))`, `format("%e", tonumber(X))`,
		`format("%9s", X)`, `format("%[1]*[2]s", 5, X)`, `format("%q", tonumber(X)) == ""`, `substr("${tonumber(X)}", 0, 30)`,
		`[for i in toset([X]) : i if true][0] == "" ? 1 : 2`, `toset([X, "12"])`, `toset([tonumber(X), 12])`, `[for i in [1, 2] : i if tonumber(X) > i]`,
		`{ (X) = 1 }`, `range(tonumber(X))`, `tonumber(X) % 10`, `sum([tonumber(X)])`, `tonumber("1${X}") + 0`,
	} {
		scope := newTestScope(nil)
		value, diags := evaluateIn(t, scope, replaceX(source))
		if diags.HasErrors() {
			if code := diag.Code(diags[0]); code != "unknown_id" {
				t.Errorf("%s: %s", source, describe(diags))
			}
			continue
		}
		conversion := scope.Refs.Conversion()
		got := conversion.Convert(value)
		if len(conversion.Faults) == 0 {
			t.Errorf("%s is %#v", source, got)
		}
	}
}

func replaceX(source string) string { return strings.ReplaceAll(source, "X", "monitor.o.id") }

// TestMark: every string and number of a value gets the marks of the ids in it, and a cut id is noticed anywhere.
func TestMark(t *testing.T) {
	r := newTestScope(nil).Refs
	a := object.Address{Kind: "monitor", Name: "o"}
	id, _ := r.ID(a, true).Unmark()
	whole := id.AsString()
	for _, text := range []string{whole, "a " + whole + " b", whole + whole} {
		v := cty.StringVal(text)
		for _, v := range []cty.Value{v, cty.TupleVal([]cty.Value{cty.True, v}), cty.MapVal(map[string]cty.Value{"k": v})} {
			if marked, ok := r.mark(v); !ok || !HasReference(marked) {
				t.Errorf("%#v: %v", v, ok)
			}
		}
	}
	for n := range whole {
		for _, text := range []string{whole[:n], whole[n:], whole + whole[:n], whole[n:] + whole} {
			if n == 0 {
				continue // not cut
			}
			v := cty.StringVal(text)
			for _, v := range []cty.Value{v, cty.TupleVal([]cty.Value{v, id}), cty.MapVal(map[string]cty.Value{"k": v})} {
				if _, ok := r.mark(v); ok {
					t.Errorf("the cut id in %#v is whole", v)
				}
			}
		}
	}
	for _, v := range []cty.Value{cty.StringVal("x"), cty.NumberIntVal(5), cty.NullVal(cty.String), cty.UnknownVal(cty.Number), cty.EmptyTupleVal} {
		if marked, ok := r.mark(v); !ok || !marked.RawEquals(v) {
			t.Errorf("%#v becomes %#v, %v", v, marked, ok)
		}
	}
}
