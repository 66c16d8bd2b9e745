package lang

import (
	"slices"
	"strings"
	"testing"

	"github.com/zclconf/go-cty/cty"
)

// TestQuotesMakeStrings: "${x}" is a string wherever it is in an expression, whatever x is, and x without quotes keeps
// its type.
func TestQuotesMakeStrings(t *testing.T) {
	for _, place := range []string{
		`X`, `(X)`, `((X))`, `[X]`, `["a", X]`, `[[X]]`, `{ a = X }`, `{ a = { b = X } }`, `true ? X : "x"`, `false ? "x" : X`,
		`[for v in [1] : X]`, `[for v in [X] : v]`, `{ for v in ["k"] : v => X }`, `[for v in [X] : v if true]`, `{ for k, v in { a = X } : k => v }`, `[for v in [1] : [X]]`,
		`flatten([X])`, `merge({ a = X }, {})`, `coalesce(null, X)`, `true ? [X] : ["x"]`, `[for v in [1] : true ? X : "x"]`,
	} {
		for value, text := range map[string]string{`1 + 1`: "2", `2 > 1`: "true", `[7][0]`: "7", `"s"`: "s"} {
			got, diags := evaluateIn(t, newTestScope(nil), strings.ReplaceAll(place, "X", `"${`+value+`}"`))
			if diags.HasErrors() || !slices.Equal(leaves(got), leaves(got, cty.StringVal(text))) {
				t.Errorf("%s with %q: %#v %s", place, value, got, describe(diags))
			}
			if plain := !strings.Contains(place, `"x"`) && value == `1 + 1`; plain {
				if got, diags := evaluateIn(t, newTestScope(nil), strings.ReplaceAll(place, "X", value)); diags.HasErrors() || !slices.Contains(leaves(got), "cty.NumberIntVal(2)") {
					t.Errorf("%s with %s: %#v %s", place, value, got, describe(diags))
				}
			}
		}
	}
}

// leaves formats the values inside v, sorted. If last is given, it takes the place of those that are not "a", "k" or "x".
func leaves(v cty.Value, last ...cty.Value) []string {
	var out []string
	v, _ = v.UnmarkDeep()
	_ = cty.Walk(v, func(_ cty.Path, e cty.Value) (bool, error) {
		if e.Type().IsPrimitiveType() {
			if text := e.GoString(); len(last) == 0 || slices.Contains([]string{`cty.StringVal("a")`, `cty.StringVal("k")`, `cty.StringVal("x")`}, text) {
				out = append(out, text)
			} else {
				out = append(out, last[0].GoString())
			}
		}
		return true, nil
	})
	slices.Sort(out)
	return out
}

// TestLocate: every value in objects and lists has a position, except below keys that are computed from something
// unknown or are no strings.
func TestLocate(t *testing.T) {
	for text, want := range map[string]string{
		`{ a = 1, b = [2, { c = 3 }] }`: "a=1 b=[2, { c = 3 }] b[0]=2 b[1]={ c = 3 } b[1].c=3",
		`{ "a" = 1 }`:                   "a=1",
		`{ ("a${"b"}") = 1, c = 2 }`:    "ab=1 c=2",
		`{ (null) = 1, c = 2 }`:         "c=2",
		`{ (missing.x) = 1, c = 2 }`:    "c=2",
		`{ (1) = 1, c = 2 }`:            `["1"]=1 c=2`,
		`{ (true) = { d = 1 }, c = 2 }`: "c=2",
		`{ ([1]) = 1, c = 2 }`:          "c=2",
		`([1])`:                         "[0]=1",
		`"x"`:                           "",
	} {
		s := newTestScope(nil)
		var got []string
		for _, l := range Locate(s.Report.Meter, parse(t, s, text)) {
			got = append(got, l.Path.String()+"="+string(l.Value.SliceBytes([]byte(text))))
		}
		if joined := strings.Join(got, " "); joined != want {
			t.Errorf("%s: %s, want %s", text, joined, want)
		}
	}
}
