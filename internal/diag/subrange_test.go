package diag

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

// scope has the variables of the expressions in these tests.
var scope = &hcl.EvalContext{
	Variables: map[string]cty.Value{
		"m":     cty.StringVal("system.cpu"),
		"n":     cty.NumberIntVal(5),
		"t":     cty.True,
		"comma": cty.StringVal("a, b"),
		"empty": cty.StringVal(""),
		"list":  cty.ListVal([]cty.Value{cty.StringVal("x"), cty.StringVal("y")}),
	},
	Functions: map[string]function.Function{
		"trimspace": stdlib.TrimSpaceFunc, "chomp": stdlib.ChompFunc, "upper": stdlib.UpperFunc,
	},
}

// before precedes each expression, so that positions do not start at 0.
const before = "b = \"ä\"\nblock {\n  a = "

// attribute parses an expression in a file and returns the file's bytes, its range and its value.
func attribute(t *testing.T, expr string) ([]byte, hcl.Range, string, bool) {
	t.Helper()
	source := []byte(before + expr + "\n}\n")
	file, diags := hclsyntax.ParseConfig(source, "f.hcl", hcl.InitialPos)
	if diags.HasErrors() {
		return nil, hcl.Range{}, "", false
	}
	body := file.Body.(*hclsyntax.Body)
	if len(body.Blocks) != 1 || len(body.Blocks[0].Body.Attributes) != 1 || body.Blocks[0].Body.Attributes["a"] == nil {
		return nil, hcl.Range{}, "", false
	}
	a := body.Blocks[0].Body.Attributes["a"].Expr
	v, diags := a.Value(scope)
	if diags.HasErrors() || v.IsNull() || !v.IsKnown() || v.Type() != cty.String {
		return nil, hcl.Range{}, "", false
	}
	return source, a.Range(), v.AsString(), true
}

var subRanges = []struct {
	name string
	expr string // the expected range is marked «so»
	part string // of the value: its first occurrence is looked up; "^" and "$" are the empty places at its ends
}{
	{"quoted", `"avg:«foo»{*}"`, "foo"},
	{"first", `"«a»vg"`, "a"},
	{"last", `"av«g»"`, "g"},
	{"all", `"«avg»"`, "avg"},
	{"no characters", `"«»"`, "^"},
	{"begin", `"«»avg"`, "^"},
	{"end", `"avg«»"`, "$"},
	{"escaped quote", `"a \"b\" «\"»c"`, `"#3`},
	{"escaped newline", `"a«\n»b"`, "\n"},
	{"tab, carriage return, backslash", `"\t\r\\«x»"`, "x"},
	{"backslash itself", `"\t«\\»x"`, `\`},
	{"unicode escape", `"a«\u00e9»b"`, "é"},
	{"long unicode escape", `"a«\U0001F600»b"`, "😀"},
	{"after a unicode escape", `"a\u00e9«b»"`, "b"},
	{"composed in value only", "\"a«e\u0301»b\"", "é"},
	{"after composed", "\"ae\u0301«b»\"", "b"},
	{"escaped interpolation", `"a «$${»b} c"`, "${"},
	{"inside escaped interpolation", `"a $${«b»} c"`, "b"},
	{"escaped directive", `"a «%%{»b} c"`, "%{"},
	{"dollar without brace", `"a $$ $«b» $"`, "b"},
	{"braces of a handle", `"{{#is_alert}}«@x»{{/is_alert}}"`, "@x"},

	{"in parentheses", "(\n    \"a«b»c\"\n  )", "b"},
	{"reference", `«m»`, "sys"},
	{"reference in parentheses", `«(m)»`, "sys"},
	{"conditional", `«t ? "abc" : "d"»`, "b"},
	{"function", `«upper("abc")»`, "B"},
	{"function of a reference", `«trimspace(m)»`, "sys"},
	{"trimspace", `trimspace("  a«b»c\n")`, "b"},
	{"chomp", "chomp(<<EOT\na\n«b»c\nEOT\n  )", "b"},
	{"trimspace of heredoc", "trimspace(<<-EOT\n      a\n        «b»c\n    EOT\n  )", "b"},
	{"end of trimmed heredoc", "trimspace(<<EOT\n  ab«»\nEOT\n  )", "$"},

	{"interpolation only", `"${«m»}"`, "cpu"},
	{"interpolated", `"avg:${«m»}{*}"`, "cpu"},
	{"before interpolated", `"a«vg:»${m}{*}"`, "vg:"},
	{"after interpolated", `"avg:${m}«{*»}"`, "{*"},
	{"from literal to interpolated", `"av«g:${m»}{*}"`, "g:sys"},
	{"from interpolated to literal", `"avg:${«m}{*»}"`, "cpu{*"},
	{"over an interpolation", `"av«g:${m}{*»}"`, "g:system.cpu{*"},
	{"number", `"x > ${«n»}"`, "5"},
	{"number written", `"x > ${«5»}"`, "5"},
	{"text in an interpolation", `"x ${"a«b»c"} y"`, "b"},
	{"conditional in an interpolation", `"x ${«t ? "abc" : "d"»} y"`, "b"},
	{"template in an interpolation", `"x ${"<${«m»}>"} y"`, "cpu"},
	{"behind an empty one", `"a${empty}«b»"`, "b"},
	{"two", `"${m}, ${«n»}"`, "5"},
	{"two side by side", `"<${«m}${n»}>"`, "cpu"},
	{"literal repeated in what is interpolated", `"${«comma}, ${m»}"`, "b, sys"},
	{"uncertain which", `"${«comma}, ${m»}"`, "b"},
	{"certain beside uncertain", `"«<»${comma}, ${m}>"`, "<"},
	{"uncertain with a template inside", `"${«"q${comma}"}, ${m»}"`, "b"},
	{"two side by side with a template inside", `"<${«"a${m}"}${n»}>"`, "a"},
	{"end of a text in an interpolation", `"x ${"ab«»"}"`, "$"},
	{"directive", `"a «%{if t}b%{else}c%{endif}» d"`, "b"},
	{"after a directive", `"a %{if t}b%{else}c%{endif} «d»"`, "d"},
	{"loop", `"a «%{for x in list}${x};%{endfor}» d"`, "y"},
	{"space eaten on both sides", `"a   ${~ m ~}   «b»"`, "b"},
	{"before eaten space", `"a« »  ${m}b"`, " "},

	{"heredoc", "<<EOT\na\n«b»\nEOT", "b"},
	{"heredoc does not know escapes", "<<EOT\na\\n«b»\nEOT", "b"},
	{"heredoc with escaped interpolation", "<<EOT\na $${x} «b»\nEOT", "b"},
	{"heredoc over lines", "<<EOT\na«a\nb»b\nEOT", "a\nb"},
	{"end of heredoc", "<<EOT\nab\n«»EOT", "$"},
	{"empty heredoc", "<<EOT\n«»EOT", "^"},
	{"flushed", "<<-EOT\n    a\n      «b»\n    EOT", "b"},
	{"flushed first line", "<<-EOT\n    «a»\n      b\n    EOT", "a"},
	{"indentation that is left", "<<-EOT\n    a\n    «  »b\n    EOT", "  "},
	{"flushed over lines", "<<-EOT\n    a«a\n    b»b\n    EOT", "a\nb"},
	{"flushed with blank lines", "<<-EOT\n    a\n\n  \n    «b»\n    EOT", "b"},
	{"flushed with tabs", "<<-EOT\n\t\ta\n\t\t\t«b»\n\t\tEOT", "b"},
	{"flushed with interpolation", "<<-EOT\n    avg:${m}{*}\n    > «x»\n    EOT", "x"},
	{"interpolated in flushed", "<<-EOT\n    a\n    ${«m»} > 1\n    EOT", "cpu"},
	{"flushed behind an eaten line", "<<-EOT\n    a ${m ~}\n    «b»\n    EOT", "b"},
	{"flushed before an eaten line", "<<-EOT\n    a\n    «b»\n    ${~ m}\n    EOT", "b"},
	{"directives on lines of their own", "<<-EOT\n    %{ if t ~}\n    a\n    %{ endif ~}\n    «b»\n    EOT", "b"},
	{"carriage returns", "<<-EOT\r\n    a\r\n      «b»\r\n    EOT", "b"},
	{"after a wide letter", "<<EOT\nä é «b»\nEOT", "b"},
}

func TestSubRange(t *testing.T) {
	for _, c := range subRanges {
		t.Run(c.name, func(t *testing.T) {
			expr := strings.NewReplacer("«", "", "»", "").Replace(c.expr)
			source, at, value, ok := attribute(t, expr)
			if !ok {
				t.Fatalf("not an attribute: %s", expr)
			}
			from, to := find(t, value, c.part)
			checkRange(t, c.expr, source, SubRange(source, at, value, from, to))
		})
	}
}

// find returns the offsets of a part of a test's value; "x#3" is the third x.
func find(t *testing.T, value, part string) (int, int) {
	t.Helper()
	switch part {
	case "^":
		return 0, 0
	case "$":
		return len(value), len(value)
	}
	text, nth, _ := strings.Cut(part, "#")
	from := strings.Index(value, text)
	if nth != "" {
		times := int(nth[0] - '0')
		for from = -1; times > 0; times-- {
			from += 1 + strings.Index(value[from+1:], text)
		}
	}
	if from < 0 {
		t.Fatalf("%q has no %q", value, text)
	}
	return from, from + len(text)
}

// checkRange compares a range with the marks in an expression.
func checkRange(t *testing.T, marked string, source []byte, got hcl.Range) {
	t.Helper()
	begin, rest, _ := strings.Cut(marked, "«")
	inside, _, _ := strings.Cut(rest, "»")
	want := place(before+begin, inside)
	is := fmt.Sprintf("%q at %s:%d,%d-%d,%d", source[got.Start.Byte:got.End.Byte], got.Filename,
		got.Start.Line, got.Start.Column, got.End.Line, got.End.Column)
	if d := cmp.Diff(want, is); d != "" {
		t.Error(d)
	}
	if got.Start.Byte != len(before+begin) || got.End.Byte != len(before+begin+inside) {
		t.Errorf("bytes %d-%d", got.Start.Byte, got.End.Byte)
	}
}

// place counts lines and columns in its own, simpler way.
func place(begin, inside string) string {
	position := func(s string) (line, column int) {
		s = strings.ReplaceAll(s, "e\u0301", "e")
		return strings.Count(s, "\n") + 1, utf8.RuneCountInString(s[strings.LastIndex(s, "\n")+1:]) + 1
	}
	l1, c1 := position(begin)
	l2, c2 := position(begin + inside)
	return fmt.Sprintf("%q at f.hcl:%d,%d-%d,%d", inside, l1, c1, l2, c2)
}

// TestSubRangeOfTrimmedValue asks about values that were trimmed after the template made them.
func TestSubRangeOfTrimmedValue(t *testing.T) {
	tests := []struct{ expr, value, part string }{
		{"<<-EOT\n    a\n    «b»\n    EOT", "a\nb", "b"},
		{"<<-EOT\n    «a»\n    b\n    EOT", "a\nb", "a"},
		{"<<-EOT\n    a\n    b«»\n    EOT", "a\nb", "$"},
		{`"  a ${«m»} "`, "a system.cpu", "cpu"},
		{`" ${empty} «a»"`, "a", "a"},
		{`"«a» ${empty} "`, "a", "a"},
		{`" ${empty} «a» ${empty} "`, "a", "a"},
		{`"  «b»c  "`, " bc", "b"},
		{`"«» "`, "", "^"},
		{`«"b c"»`, "a b c", "a"},
		{`«"a b"»`, "something else", "else"},
		{`«"a ${m} b"»`, "a system.cpu c", "cpu"},
		{`«"aba ${m} b"»`, "ab", "a"},
		{`«"ab${m}ba"»`, "aba", "a"},
		{`«"a${m}b${n}c"»`, "abbacbc.", "a"},
	}
	for _, c := range tests {
		t.Run(c.expr, func(t *testing.T) {
			source, at, _, ok := attribute(t, strings.NewReplacer("«", "", "»", "").Replace(c.expr))
			if !ok {
				t.Fatal("not an attribute")
			}
			from, to := find(t, c.value, c.part)
			checkRange(t, c.expr, source, SubRange(source, at, c.value, from, to))
		})
	}
}

// TestSubRangeOutside gives offsets and ranges that cannot be.
func TestSubRangeOutside(t *testing.T) {
	source, at, value, _ := attribute(t, `"abc"`)
	checkRange(t, `"«abc»"`, source, SubRange(source, at, value, -5, 50))
	checkRange(t, `"abc«»"`, source, SubRange(source, at, value, 50, 60))
	checkRange(t, `"a«»bc"`, source, SubRange(source, at, value, 1, -1))
	beyond := at
	beyond.End.Byte = len(source) + 1
	reversed := hcl.Range{Filename: at.Filename, Start: at.End, End: at.Start}
	for _, r := range []hcl.Range{beyond, reversed, {}, {Filename: "f.hcl"}} {
		if d := cmp.Diff(r, SubRange(source, r, value, 0, 1)); d != "" {
			t.Error(d)
		}
	}
	for _, text := range []string{"trimspace()", `trimspace("a", "b")`, "trimspace(null)", "(", "\"\xff\""} {
		whole := hcl.Range{Filename: "f.hcl", Start: hcl.InitialPos, End: hcl.Pos{Line: 1, Column: len(text) + 1, Byte: len(text)}}
		if d := cmp.Diff(whole, SubRange([]byte(text), whole, "b", 0, 1)); d != "" {
			t.Errorf("%s: %s", text, d)
		}
	}
	broken := at
	broken.End.Byte--
	if d := cmp.Diff(broken, SubRange(source, broken, value, 0, 1)); d != "" {
		t.Error(d)
	}
}

// TestSubRangeOfMuch looks for the end of a text that is longer than the buffers of scanners are.
func TestSubRangeOfMuch(t *testing.T) {
	const n = 4000
	lines := strings.Repeat("    avg:${m}{*} by {host} ${n}\n", n)
	expr := "<<-EOT\n" + lines + "    «x»\n    EOT"
	source, at, value, _ := attribute(t, strings.NewReplacer("«", "", "»", "").Replace(expr))
	checkRange(t, expr, source, SubRange(source, at, value, len(value)-2, len(value)-1))
}

func TestDropUnused(t *testing.T) {
	written := []char{{" ", span{0, 1}}, {"a", span{1, 2}}, {" ", span{2, 3}}, {"b", span{3, 4}}}
	for value, want := range map[string]bool{" a b": true, "ab": true, "a b": true, "b": false, "cab": false, "a  b": false, "": false} {
		if used, ok := dropUnused(written, value); ok != want || ok && len(used) != len(value) {
			t.Errorf("%q: %v %v", value, used, ok)
		}
	}
}
