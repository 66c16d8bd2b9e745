package lang

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/ddtest"
	"ddmon/internal/diag"
	"ddmon/internal/limit"
	"ddmon/internal/object"
	"ddmon/internal/root"
)

// testLibrary makes functions for tests that call them without a scope.
func testLibrary() library {
	report := NewReporter(limit.NewMeter(context.Background()))
	return library{meter: report.Meter, refs: newReferences(), secrets: newSecrets(report), isOpen: func(hcl.Traversal) bool { return false }}
}

// folderOf is a folder that holds files.
func folderOf(t testing.TB, files map[string]string) *root.Root {
	t.Helper()
	folder, err := root.Open(ddtest.Folder(t, files))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = folder.Close() })
	return folder
}

// newTestScope returns a scope whose functions read files of a folder, or none if that is nil. var.s is sensitive, and
// monitor.o is an object.
func newTestScope(folder *root.Root) *Scope {
	s := NewSession(NewReporter(limit.NewMeter(context.Background()))).NewScope(folder)
	secret, _ := s.Secrets.Mark(cty.StringVal("a"), "s", hcl.Range{})
	s.Define("var", values(s, map[string]cty.Value{"s": secret}))
	o := cty.ObjectVal(map[string]cty.Value{"id": s.Refs.ID(object.Address{Kind: "monitor", Name: "o"}, true)})
	objects := values(s, map[string]cty.Value{"o": o})
	objects.HoldsID = func(hcl.Traversal) bool { return true }
	objects.Instances = func(string) *Instances { return nil }
	s.Define("monitor", objects)
	return s
}

// values is a root with a value for each name.
func values(s *Scope, all map[string]cty.Value) Root {
	return Root{Value: func(t hcl.Traversal, name string) (cty.Value, bool) {
		v, ok := all[name]
		if !ok {
			s.Report.UnknownName(t, "value", name, NamesLike(all, name), "Define it.")
		}
		return v, ok
	}}
}

// parse parses an expression and makes its work count.
func parse(t testing.TB, s *Scope, text string) hclsyntax.Expression {
	t.Helper()
	e, diags := hclsyntax.ParseExpression([]byte(text), "main.hcl", hcl.InitialPos)
	if diags.HasErrors() {
		t.Fatal(text, diags)
	}
	if fault := s.Report.Meter.WrapExpr(e); fault != nil {
		t.Fatal(text, fault.Detail)
	}
	return e
}

// evaluateIn evaluates an expression, and returns what is wrong with it.
func evaluateIn(t testing.TB, s *Scope, text string) (cty.Value, hcl.Diagnostics) {
	t.Helper()
	before := s.Report.Len()
	value, _ := s.Value(NewExpression(parse(t, s, text), nil), nil)
	return value, s.Report.Since(before)
}

// describe writes diagnostics one a line: code, summary, detail.
func describe(diags hcl.Diagnostics) string {
	var b strings.Builder
	for _, d := range diags {
		b.WriteString(diag.Code(d) + " " + d.Summary + ": " + d.Detail + "\n")
	}
	return b.String()
}

// written writes a value of a body in short.
func written(v any) string {
	switch v := v.(type) {
	case nil:
		return "null"
	case map[string]any:
		var b strings.Builder
		for _, key := range object.SortedKeys(v) {
			b.WriteString(key + ":" + written(v[key]))
		}
		return "{" + b.String() + "}"
	case []any:
		var all []string
		for _, e := range v {
			all = append(all, written(e))
		}
		return "[" + strings.Join(all, ",") + "]"
	case string:
		return strconv.Quote(v)
	case object.Text:
		return strconv.Quote(v.String())
	}
	return fmt.Sprint(v)
}
