package limit

import (
	"context"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

func summary(f *Error) string {
	if f == nil {
		return ""
	}
	return f.Summary
}

func TestSource(t *testing.T) {
	for _, test := range []struct{ name, source, want string }{
		{"plain", "a = 1\nb = [1, 2, { c = \"?\" }]\n", ""},
		{"many questions in texts", strings.Repeat("a = \"what? who? %{ if true }x%{ endif }\"\n", 3000), ""},
		{"many conditions", strings.Repeat("a = true ? 1 : 2\n", 3000), ""},
		{"conditions in one list", "a = [" + strings.Repeat("true ? 1 : 2, ", 3000) + "]\n", ""},
		{"products", "a = 1" + strings.Repeat(" * 2", 3000) + "\n", ""},
		{"brackets", "a = " + strings.Repeat("(", 3000), "Nesting too deep"},
		{"signs", "a = " + strings.Repeat("! ", 3000), "Nesting too deep"},
		{"chained conditions", "a = " + strings.Repeat("true ? 1 : ", 3000) + "1\n", "Nesting too deep"},
		{"chained conditions over lines", "a = \"${" + strings.Repeat("true ? 1 :\n", 3000) + "1}\"\n", "Nesting too deep"},
		{"directives", "a = \"" + strings.Repeat("%{ if true }", 3000), "Nesting too deep"},
		{"splats", "a = b" + strings.Repeat(".*", 3000), "Nesting too deep"},
		{"digits", "a = " + strings.Repeat("1", 3000), "Number too long"},
	} {
		if got := summary(NewMeter(t.Context()).Source([]byte(test.source), "a.hcl")); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	m := NewMeter(t.Context())
	file := []byte(strings.Repeat("a = 1\n", MaxTokens/4/4))
	for n := range 4 {
		if f := m.Source(file, "a.hcl"); (f != nil) != (n == 4) && n < 4 && f != nil {
			t.Errorf("file %d: %v", n, f)
		}
	}
	if f := m.Source(file, "a.hcl"); summary(f) != "Too much configuration" {
		t.Errorf("all files together: %v", f)
	}
}

func TestDocuments(t *testing.T) {
	laughs := "a: &a [x,x,x,x,x,x,x,x,x]\n"
	for c := 'b'; c < 'j'; c++ {
		laughs += string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+string(c-1)+",", 9) + "]\n"
	}
	for _, test := range []struct {
		name  string
		check func(string) (Cost, *Error)
		text  string
		want  string
	}{
		{"YAML", YAML, "a: [1, 2]\nb: {c: \"*d & e\"}\n", ""},
		{"an alias", YAML, "a: &a [1, 2]\nb: *a\nc: {<<: {d: 1}}\n", ""},
		{"not YAML", YAML, "a: &a [1, *b, ]: ]\n", ""},
		{"laughs", YAML, laughs, "Too many elements"},
		{"laughs of text", YAML, "a: &a " + strings.Repeat("x", 1<<20) + "\nb: [" + strings.Repeat("*a,", 100) + "]\n", "String too long"},
		{"an alias of itself", YAML, "a: &a [*a]\n", "Nesting too deep"},
		{"deep YAML", YAML, strings.Repeat("[", 600) + strings.Repeat("]", 600), "Nesting too deep"},
		{"very deep YAML", YAML, strings.Repeat("[", 10_500) + strings.Repeat("]", 10_500), "Nesting too deep"},
		{"very deep YAML blocks", YAML, strings.Repeat("- ", 10_500) + "a\n", "Nesting too deep"},
		{"deep YAML after quoted brackets", YAML, `["` + strings.Repeat("]", 600) + `", ` + strings.Repeat("[", 600) + strings.Repeat("]", 601), "Nesting too deep"},
		{"brackets in strings", YAML, strings.Repeat("- {title: \"[[[{\", q: ['x{', \"y[\"], m: \"{{#is_alert}} [\"}\n", 10_000), ""},
		{"brackets in block strings", YAML, strings.Repeat("- m: |\n    [ {{#is_alert}} # [\n    don't [\n", 10_000), ""},
		{"closed brackets", YAML, "[" + strings.Repeat("[{a: [1]}, [\"]\"]],", 20_000) + "]", ""},
		{"a bracket that is not closed", YAML, "[" + strings.Repeat("[1],", 600), ""},
		{"thousands of brackets that are not closed", YAML, strings.Repeat("[", 9000) + strings.Repeat("[a],", 50_000), "Invalid YAML"},
		{"deep blocks", YAML, strings.Repeat("- ", 600) + "a\n", "Nesting too deep"},
		{"deep lists by other line breaks", YAML, "- a\r" + strings.Repeat("- ", 600) + "a\r", "Nesting too deep"},
		{"lists in lists", YAML, strings.Repeat(strings.Repeat("- ", 250)+"a\n", MaxElements/250+1), "Too many elements"},
		{"keys in keys", YAML, strings.Repeat(strings.Repeat("? ", 250)+"a\n", MaxElements/250+1), "Too many elements"},
		{"carriage returns", YAML, strings.Repeat("- a\r", MaxElements+1), "Too many elements"},
		{"next lines", YAML, strings.Repeat("- a\u0085", MaxElements+1), "Too many elements"},
		{"line separators", YAML, strings.Repeat("- a\u2028", MaxElements+1), "Too many elements"},
		{"paragraph separators", YAML, strings.Repeat("- a\u2029", MaxElements+1), "Too many elements"},
		{"lines of Windows", YAML, strings.Repeat("- a\r\n", MaxElements/2+1), ""},
		{"dashes in a text", YAML, "a: |\n  x - - - y\n", ""},
		{"markdown", YAML, "a: |\n  * one & two\n  ** three **\n", ""},
		{"JSON", JSON, `{"a": [1, "[[[,,,", "\"["]}`, ""},
		{"deep JSON", JSON, strings.Repeat("[", 600), "Nesting too deep"},
		{"wide JSON", JSON, "[" + strings.Repeat("1,", MaxElements+1) + "1]", "Too many elements"},
		{"long number", JSON, strings.Repeat("1", 2000), "Number too long"},
		{"CSV", CSV, "a,b\n1,2\n", ""},
		{"wide CSV", CSV, strings.Repeat(",", MaxElements+1), "Too many elements"},
	} {
		_, f := test.check(test.text)
		if got := summary(f); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

func TestBefore(t *testing.T) {
	text := func(n int) cty.Value { return cty.StringVal(strings.Repeat("a", n)) }
	list := func(n int) cty.Value {
		elements := make([]cty.Value, n)
		for i := range elements {
			elements[i] = cty.NumberIntVal(int64(i))
		}
		return cty.ListVal(elements)
	}
	for _, test := range []struct {
		name string
		args []cty.Value
		want string
	}{
		{"setproduct", []cty.Value{list(100), list(100)}, ""},
		{"setproduct", []cty.Value{list(1000), list(1000), list(1000)}, "Too many elements"},
		{"format", []cty.Value{cty.StringVal("%5d %s %[1]03d"), cty.NumberIntVal(1), text(10)}, ""},
		{"format", []cty.Value{cty.StringVal("%999999999d"), cty.NumberIntVal(1)}, "String too long"},
		{"format", []cty.Value{cty.StringVal("%.99999999999999999999999f"), cty.NumberIntVal(1)}, "String too long"},
		{"format", []cty.Value{cty.StringVal(strings.Repeat("%[1]s", 100)), text(1 << 20)}, "String too long"},
		{"replace", []cty.Value{text(1000), text(1), text(1000)}, ""},
		{"replace", []cty.Value{text(100_000), text(1), text(1000)}, "String too long"},
		{"replace", []cty.Value{text(100_000), cty.StringVal("/b/"), text(1000)}, ""},
		{"replace", []cty.Value{text(100_000), cty.StringVal("/a/"), text(1000)}, "String too long"},
		{"regexall", []cty.Value{cty.StringVal("a"), text(100_000)}, ""},
		{"regexall", []cty.Value{cty.StringVal("a{1000}b{1000}c{1000}d{1000}e{1000}f{1000}g{1000}h{1000}i{1000}j{1000}k{1000}"), text(1)}, "Evaluation takes too long"},
		{"indent", []cty.Value{cty.NumberIntVal(4), cty.StringVal("a\nb")}, ""},
		{"indent", []cty.Value{cty.NumberIntVal(1 << 40), cty.StringVal("a\nb")}, "String too long"},
		{"upper", []cty.Value{text(MaxText + 1)}, "String too long"},
		{"distinct", []cty.Value{list(100_000)}, ""},
		{"join", []cty.Value{text(1 << 20), list(100)}, "String too long"},
	} {
		if got := summary(NewMeter(t.Context()).BeforeCall(test.name, test.args)); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
}

// TestWrapKeepsMeaning: an expression whose parts are counted has the same value, variables and errors as before.
func TestWrapKeepsMeaning(t *testing.T) {
	context := &hcl.EvalContext{Variables: map[string]cty.Value{
		"x": cty.ListVal([]cty.Value{cty.StringVal("a"), cty.StringVal("b")}), "o": cty.ObjectVal(map[string]cty.Value{"a": cty.NumberIntVal(1)}),
		"s": cty.SetVal([]cty.Value{cty.StringVal("a")}), "m": cty.MapVal(map[string]cty.Value{"x": cty.NumberIntVal(1)}),
		"secret": cty.TupleVal([]cty.Value{cty.StringVal("z")}).Mark("secret"),
	}}
	for _, source := range []string{
		`1 + 2 * o.a`, `"${x[0]}-${o.a}"`, `x[*]`, `[o, o][*].a`, `{ for i, e in x : e => i if e != "b" }`, `{ (x[0]) = 1, b = "c", "d" = x }`, `o["a"] > 0 ? x : []`, `-o.a`,
		`true ? { a = 1 } : {}`, `false ? { a = 1 } : {}`, `true ? {} : { a = { b = 1 } }`, `true ? { a = "x" } : { b = "y", c = "z" }`, `false ? { a = 1 } : { b = "y" }`,
		`true ? { a = null } : { b = 1 }`, `true ? [1, 2] : [3]`, `true ? [] : [[1]]`, `true ? x : ["c", "d", "e"]`, `false ? x : []`, `true ? [1, "a"] : ["b"]`, `true ? { a = 1 } : [1]`,
		`true ? 1 : "a"`, `o.b ? 1 : [2, 3]`, `null ? { a = 1 } : {}`, `true ? x : null`, `true ? [nope] : [1]`, `true ? { a = 1, b = 2 } : { b = 3, a = 4 }`, `true ? s : ["a"]`,
		`"${1}${-2}${o.a * 3}${1.5}${1e30}${null}"`, `"a${x}"`, `"${secret[0]}${1 / 3}"`, `true ? 1 : nope`, `false ? nope : x`, `true ? nope : 1`, `true ? m : { y = 1 }`, `false ? [] : secret`, `true ? { a = secret[0] } : {}`,
		`"%{ for e in x }${e},%{ endfor }"`, `(x)[0]`, `{ a = [1, { b = x }] }.a[1].b`, `x.nope`, `nope`, `1 / 3`, `[for e in o.a : e]`, `<<-EOT
    a ${x[1]}
    EOT
`,
	} {
		parse := func() hclsyntax.Expression {
			e, diags := hclsyntax.ParseExpression([]byte(source), "e", hcl.InitialPos)
			if diags.HasErrors() {
				t.Fatal(diags)
			}
			return e
		}
		plain, counted := parse(), parse()
		m := NewMeter(t.Context())
		if f := m.WrapExpr(counted); f != nil {
			t.Fatal(f)
		}
		want, wantDiags := plain.Value(context)
		got, gotDiags, limitErr := m.Value(counted, context)
		if limitErr != nil || !got.RawEquals(want) || gotDiags.Error() != wantDiags.Error() {
			t.Errorf("%s: %#v %v %v, want %#v %v", source, got, gotDiags, limitErr, want, wantDiags)
		}
		if a, b := len(plain.Variables()), len(counted.Variables()); a != b {
			t.Errorf("%s: %d variables, want %d", source, b, a)
		}
	}
}

// TestChainOfConditions: a condition evaluates each of its results once, whatever they say.
func TestChainOfConditions(t *testing.T) {
	e, diags := hclsyntax.ParseExpression([]byte(strings.Repeat("true ? 1 : ", 100)+"nope"), "e", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	m := NewMeter(t.Context())
	if f := m.WrapExpr(e); f != nil {
		t.Fatal(f)
	}
	if v, diags, limitErr := m.Value(e, nil); diags.HasErrors() || limitErr != nil || !v.RawEquals(cty.NumberIntVal(1)) || m.Steps() > 2000 {
		t.Errorf("%#v %v %v after %d steps", v, diags, limitErr, m.Steps())
	}
}

func TestMeterStopsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	m := NewMeter(ctx)
	for range 2000 {
		m.Spend(1, 1)
	}
	if summary(m.Err()) != "Interrupted" {
		t.Errorf("%v", m.Err())
	}
}
