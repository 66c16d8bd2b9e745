package lang

import (
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/object"
)

// FuzzValue checks that arbitrary expressions do not panic, that errors have messages, and that bodies accept all other
// values.
func FuzzValue(f *testing.F) {
	for _, c := range functionCases {
		f.Add(c.call)
	}
	for _, text := range []string{
		`{ for k, v in { a = var.s } : k => [v, monitor.o.id]... }`, `"%{ if can(local.none) }${local.a}%{ else }x%{ endif }"`, `local.b[*].id`, `[for x in local.b : x if x != null]`,
		`local.a == monitor.o.id`, `try(local.loop, local.a)`, `nonsensitive(var.s)`, `toset([monitor.o.id, "a"])`,
	} {
		f.Add(text)
	}
	folder := folderOf(f, functionFiles)
	f.Fuzz(func(t *testing.T, text string) {
		s := newTestScope(folder)
		withLocals(t, s, map[string]string{"a": `"a"`, "b": `[{ id = monitor.o.id }, null]`, "loop": "[local.loop]"})
		if s.Report.Meter.Source([]byte(text), "main.hcl") != nil {
			return
		}
		e, diags := hclsyntax.ParseExpression([]byte(text), "main.hcl", hcl.InitialPos)
		if diags.HasErrors() || s.Report.Meter.WrapExpr(e) != nil {
			return
		}
		value, ok := s.Value(NewExpression(e, nil), nil)
		if !ok {
			if !s.Report.HasErrors() {
				t.Error("it fails without a reason")
			}
			return
		}
		conversion := s.Refs.Conversion()
		if converted := conversion.Convert(value); len(conversion.Faults) == 0 && !object.Equal(converted, converted) {
			t.Errorf("%#v has no place in a body", converted)
		}
		if HasSensitive(value) != (len(conversion.Sensitive) > 0) {
			t.Errorf("the value is sensitive: %t, in %v", HasSensitive(value), conversion.Sensitive)
		}
	})
}
