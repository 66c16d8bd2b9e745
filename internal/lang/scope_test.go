package lang

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/object"
)

// withLocals adds locals, each written as an expression, to a scope.
func withLocals(t testing.TB, s *Scope, locals map[string]string) *Locals {
	t.Helper()
	l := NewLocals(s)
	for _, name := range object.SortedKeys(locals) {
		l.Add(name, parse(t, s, locals[name]), hcl.Range{Filename: name})
	}
	s.Define("local", l.Root())
	return l
}

func TestValue(t *testing.T) {
	s := newTestScope(nil)
	withLocals(t, s, map[string]string{"a": "[1, 2]", "b": "{ sum = sum(local.a), id = monitor.o.id }"})
	for text, want := range map[string]string{
		`local.b.sum + 1`: "4", `"${local.a[0]}"`: `"1"`, `"x-${local.b.id}"`: `"x-${monitor.o.id}"`, `[local.b.id]`: `["${monitor.o.id}"]`, `try(local.none, 5)`: "",
		`length(local.a) > 1 ? "yes" : "no"`: `"yes"`, `null`: "null", `{ a = true }`: `{a:true}`,
	} {
		value, diags := evaluateIn(t, s, text)
		if want == "" {
			if !strings.Contains(describe(diags), "unknown_name") {
				t.Errorf("%s: %s", text, describe(diags))
			}
			continue
		}
		conversion := s.Refs.Conversion()
		if got := written(conversion.Convert(value)); got != want || len(diags) > 0 {
			t.Errorf("%s is %s, want %s\n%s", text, got, want, describe(diags))
		}
	}
}

// TestNamesOfForExpressions checks that a variable of a for expression can have the name of a kind or of another root.
func TestNamesOfForExpressions(t *testing.T) {
	for text, want := range map[string]string{
		`[for monitor in local.a : upper(monitor.name)]`:                                  `["X"]`,
		`[for monitor in local.a : monitor if monitor.id == "5"][0].name`:                 `"x"`,
		`{ for monitor in local.a : monitor.id => monitor.name }`:                         `{5:"x"}`,
		`[for local in local.a : local.id == "5" ? "yes" : "no"]`:                         `["yes"]`,
		`[for monitor in [for monitor in local.a : monitor.id] : monitor == "5" ? 1 : 2]`: `[1]`,
		`[for monitor in [monitor.o.id] : upper(monitor)]`:                                "",
		`[for a in local.a : monitor.o.id == a ? 1 : 2]`:                                  "",
		`[[for monitor in local.a : monitor.id], monitor.o.id == "5"]`:                    "",
	} {
		s := newTestScope(nil)
		withLocals(t, s, map[string]string{"a": `[{ name = "x", id = "5" }]`})
		value, diags := evaluateIn(t, s, text)
		if want == "" {
			if !strings.Contains(describe(diags), "unknown_id") {
				t.Errorf("%s: %s", text, describe(diags))
			}
			continue
		}
		conversion := s.Refs.Conversion()
		if got := written(conversion.Convert(value)); got != want || len(diags) > 0 {
			t.Errorf("%s is %s, want %s\n%s", text, got, want, describe(diags))
		}
	}
}

// TestScopesAreIndependent checks that a scope does not see the names, references and sensitive values of another one.
func TestScopesAreIndependent(t *testing.T) {
	one, other := newTestScope(nil), newTestScope(nil)
	withLocals(t, one, map[string]string{"a": `"one"`})
	withLocals(t, other, map[string]string{"a": `"other ${var.s} ${monitor.o.id}"`})
	for _, s := range []*Scope{other, one} {
		if _, diags := evaluateIn(t, s, `"${local.a}!"`); len(diags) > 0 {
			t.Fatal(describe(diags))
		}
	}
	value, _ := evaluateIn(t, one, "local.a")
	if value.AsString() != "one" {
		t.Errorf("local.a is %#v", value)
	}
	if len(one.Secrets.Derived()) != 0 || len(other.Secrets.Derived()) == 0 {
		t.Errorf("derived: %v and %v", one.Secrets.Derived(), other.Secrets.Derived())
	}
	if _, diags := evaluateIn(t, one, "local.none"); len(diags) != 1 || len(other.Report.Diagnostics()) != 0 {
		t.Errorf("%s\nand in the other:\n%s", describe(diags), describe(other.Report.Diagnostics()))
	}
}

// TestScopesOfOneSession checks that a value with ids can pass to a scope with other names.
func TestScopesOfOneSession(t *testing.T) {
	outer := newTestScope(nil)
	withLocals(t, outer, map[string]string{"id": "[monitor.o.id]", "same": `"outer"`})
	passed, _ := evaluateIn(t, outer, `{ id = local.id[0], secret = var.s }`)

	inner := outer.NewScope(nil)
	p := inner.Refs.ID(object.Address{Kind: "monitor", Name: "p"}, false)
	inner.Define("var", values(inner, map[string]cty.Value{"passed": passed, "p": p}))
	withLocals(t, inner, map[string]string{"same": `"inner ${var.passed.id} ${var.p} ${upper(var.passed.secret)}"`})
	value, diags := evaluateIn(t, inner, "local.same")
	conversion := inner.Refs.Conversion()
	if got := written(conversion.Convert(value)); len(diags) > 0 || got != `"inner ${monitor.o.id} ${monitor.p.id} A"` {
		t.Errorf("%s\n%s", got, describe(diags))
	}
	if got := outer.Secrets.Derived()["s"]; len(got) != 1 || got[0] != "A" {
		t.Errorf("derived: %v", got)
	}
	if same, _ := evaluateIn(t, outer, "local.same"); same.AsString() != "outer" {
		t.Errorf("local.same is %#v outside", same)
	}
	if _, diags := evaluateIn(t, inner, "monitor.o.id"); !strings.Contains(describe(diags), "unknown_name") {
		t.Errorf("the inner scope sees a name of the outer one:\n%s", describe(diags))
	}
}

// TestEvaluationErrors checks the errors of invalid expressions.
func TestEvaluationErrors(t *testing.T) {
	scope := func() *Scope {
		s := newTestScope(nil)
		withLocals(t, s, map[string]string{"id": "monitor.o.id", "ids": "[monitor.o.id, \"x\"]"})
		s.Advise(map[string]string{"count": "Use for_each."})
		return s
	}
	for text, want := range map[string][]string{
		`nothing.x`:                         {"unknown_name", "References begin with var, monitor or local"},
		`monitr.o.id`:                       {"unknown_name", `Did you mean "monitor"?`},
		`count.index`:                       {"unknown_name", "Use for_each."},
		`var`:                               {"unknown_name", "var.NAME"},
		`var.t`:                             {"unknown_name", "Define it."},
		`local.idd`:                         {"unknown_name", `Did you mean "id"?`},
		`local.id == "5"`:                   {"unknown_id", "but not in a condition, a comparison, a key or a function"},
		`local.ids[0] == "x" ? 1 : 2`:       {"unknown_id", "but not in a condition, a comparison, a key or a function"},
		`upper(monitor.o.id)`:               {"unknown_id", "but not in a condition, a comparison, a key or a function"},
		`{ (monitor.o.id) = 1 }`:            {"unknown_id", "but not in a condition, a comparison, a key or a function"},
		`[for i in local.ids : upper(i)]`:   {"unknown_id", "but not in a condition, a comparison, a key or a function"},
		`jsondecode("{\"a\": ${var.s}}")`:   {"sensitive_argument", "not shown"},
		`{ for x in ["a", var.s] : x => 1}`: {"hcl", "The key is sensitive and not shown"},
		`regex("(", "a")`:                   {"hcl", "missing"},
		`timestamp()`:                       {"unsupported_function", "every plan"},
	} {
		_, diags := evaluateIn(t, scope(), text)
		if len(diags) != 1 || !strings.Contains(describe(diags), want[0]) || !strings.Contains(describe(diags), want[1]) {
			t.Errorf("%s: want %s that says %q, got:\n%s", text, want[0], want[1], describe(diags))
		}
	}
	if value, diags := evaluateIn(t, scope(), `local.ids[1] == "x"`); len(diags) > 0 || !value.True() {
		t.Errorf("a part without an id can decide:\n%s", describe(diags))
	}
}

// TestVaries checks that an expression with inner names is evaluated for each of their values, and that others do not
// vary.
func TestVaries(t *testing.T) {
	s := newTestScope(nil)
	x := NewExpression(parse(t, s, `"${each.key}-${var.s}"`), []string{"each"})
	if !x.Varies || NewExpression(parse(t, s, "var.s"), []string{"each"}).Varies {
		t.Error("only an expression that refers to each varies")
	}
	in := &Instances{Keyed: true, Keys: []string{"a", "b"}, Values: []cty.Value{cty.True, cty.False}}
	for i, want := range []string{"a-a", "b-a"} {
		value, ok := s.Value(x, in.Each(i))
		if bare, _ := value.Unmark(); !ok || bare.AsString() != want || !HasSensitive(value) {
			t.Errorf("%#v, want %s, sensitive", value, want)
		}
	}
	if _, ok := s.Value(x, Names{}.With("each", cty.ObjectVal(map[string]cty.Value{"key": cty.UnknownVal(cty.String)}))); !ok {
		t.Errorf("an unknown key is an error:\n%s", describe(s.Report.Diagnostics()))
	}
}

func TestLocals(t *testing.T) {
	s := newTestScope(nil)
	l := withLocals(t, s, map[string]string{"a": "local.b", "b": "[local.c]", "c": "local.a", "open": `"x"`, "secret": "[var.s]"})
	if first, ok := l.Add("a", parse(t, s, "1"), hcl.Range{}); ok || first.Filename != "a" {
		t.Errorf("a second a is added, or the first is at %s", first)
	}
	l.EvaluateAll()
	if diags := s.Report.Diagnostics(); len(diags) != 1 || !strings.Contains(diags[0].Detail, "local.a refers to local.b refers to local.c refers to local.a") {
		t.Errorf("want one cycle, got:\n%s", describe(diags))
	}
	root := l.Root()
	for name, open := range map[string]bool{"open": true, "secret": false, "none": false} {
		if got := root.IsOpen(hcl.Traversal{hcl.TraverseRoot{Name: "local"}, hcl.TraverseAttr{Name: name}}); got != open {
			t.Errorf("local.%s is open: %t", name, got)
		}
	}
}
