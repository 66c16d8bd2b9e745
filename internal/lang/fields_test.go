package lang

import (
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

// blockOf parses a file that holds one block.
func blockOf(t *testing.T, s *Scope, text string) *hclsyntax.Block {
	t.Helper()
	file, diags := hclsyntax.ParseConfig([]byte(text), "main.hcl", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	body := file.Body.(*hclsyntax.Body)
	if fault := s.Report.Meter.Wrap(body); fault != nil {
		t.Fatal(fault.Detail)
	}
	return body.Blocks[0]
}

func TestFields(t *testing.T) {
	s := newTestScope(nil)
	b := blockOf(t, s, `x {
  text    = "a"
  texts   = toset(["a", "b"])
  span    = "1d2h"
  flag    = true
  one     = "GAUGE"
  secret  = [var.s]
  nothing = null
}`)
	f := ReadFields(s, b, nil, []string{"text", "texts", "span", "flag", "one", "secret", "nothing", "missing"})
	text, _ := f.Text("text", `"x"`)
	span, _ := f.Duration("span")
	if got := strings.Join(f.Texts("texts", `["x"]`), " "); text != "a" || got != "a b" || span != 26*time.Hour || !f.Flag("flag") {
		t.Errorf("text %q, texts %q, span %s, flag %t", text, got, span, f.Flag("flag"))
	}
	if got := f.OneOf("one", []string{"count", "gauge"}); got != "gauge" {
		t.Errorf("one is %q", got)
	}
	if f.IsSet("nothing") || f.IsSet("missing") || !f.IsSet("secret") || f.Ranges["span"].Start.Line != 4 {
		t.Errorf("given: nothing %t, missing %t, secret %t; span at %s", f.IsSet("nothing"), f.IsSet("missing"), f.IsSet("secret"), f.Ranges["span"])
	}
	if secret := f.Sensitive(); len(secret) != 1 || !secret["secret"] {
		t.Errorf("sensitive: %v", secret)
	}
	if s.Report.Len() > 0 {
		t.Error(describe(s.Report.Diagnostics()))
	}
}

// TestWrongFields checks the errors for invalid attributes. The error for a sensitive attribute does not show its
// value.
func TestWrongFields(t *testing.T) {
	for text, c := range map[string]struct {
		read func(f *Fields)
		want string
	}{
		`5`:                {func(f *Fields) { f.Text("x", `"y"`) }, `wrong_type Invalid type: x must be a string, such as x = "y".`},
		`""`:               {func(f *Fields) { f.Text("x", `"y"`) }, "invalid_value Empty value"},
		`["a", ""]`:        {func(f *Fields) { f.Texts("x", `["y"]`) }, "wrong_type"},
		`"5 minutes"`:      {func(f *Fields) { f.Duration("x") }, "invalid_value Invalid duration"},
		`"yes"`:            {func(f *Fields) { f.Flag("x") }, "wrong_type"},
		`"gage"`:           {func(f *Fields) { f.OneOf("x", []string{"count", "gauge"}) }, `Did you mean "gauge"?`},
		`"a${var.s}"`:      {func(f *Fields) { f.Text("x", `"y"`) }, "invalid_value Sensitive value"},
		`monitor.o.id`:     {func(f *Fields) { f.Text("x", `"y"`) }, "unknown_id"},
		`["${var.s}", ""]`: {func(f *Fields) { f.Invalid("x", "Summary", "a is wrong") }, "Details are not shown, because its value is sensitive"},
	} {
		s := newTestScope(nil)
		f := NewFields(s, nil)
		f.Read("x", parse(t, s, text))
		c.read(f)
		if diags := s.Report.Diagnostics(); len(diags) != 1 || !strings.Contains(describe(diags), c.want) {
			t.Errorf("%s: want %s, got:\n%s", text, c.want, describe(diags))
		}
	}
}

func TestCheckBlock(t *testing.T) {
	for text, want := range map[string]string{
		`a "b" { x = 1 }`:           "",
		`a { x = 1 }`:               "invalid_labels Block needs one label",
		`a "b" "c" { x = 1 }`:       "invalid_labels Block needs one label",
		`a "b c" { x = 1 }`:         "invalid_name Invalid name",
		`a "b" { y = 1 }`:           `unknown_field Unknown field: The attribute "y" is not expected in this a block.`,
		"a \"b\" {\n  inner {}\n}":  "",
		"a \"b\" {\n  inne {}\n}":   `Did you mean "inner"?`,
		"a \"b\" {\n  x {}\n}":      `unexpected_block Attribute written as a block: "x" is an attribute`,
		"a \"b\" {\n  inner = 1\n}": `unknown_field Block written as an attribute: "inner" is a block`,
	} {
		s := newTestScope(nil)
		b := blockOf(t, s, text)
		if s.Report.CheckLabel(b, "its name", `a "b" {}`) && s.Report.CheckIdentifier(b) {
			s.Report.CheckFields(b, &BlockType{
				Attributes: []AttributeType{{Name: "x"}}, Blocks: []NestedType{{BlockType: &BlockType{Name: "inner"}}},
			})
		}
		if got := describe(s.Report.Diagnostics()); (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("%s: want %s, got:\n%s", text, want, got)
		}
	}
}
