package config

import (
	"path"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/lang"
	"ddmon/internal/object"
)

// A problem inside a value that is not written in the files, such as a decoded JSON file, has the position of the whole
// expression. Its path, and the name of the file, say where the problem is.

// findings collects the problems of one instance. A problem that has only a path is reported once, with the number of
// places.
type findings struct {
	c     compiled
	r     *run
	o     *object.Object
	first map[finding]*hcl.Diagnostic
}

// finding identifies equal problems at different paths.
type finding struct {
	severity     hcl.DiagnosticSeverity
	code, detail string
}

// report reports a problem. written is the part of the body that the block itself has.
func (f *findings) report(written map[string]any, p kind.Problem, d *hcl.Diagnostic) {
	if !f.hasOnlyPath(written, p) {
		f.r.scope.Report.Add(d)
		return
	}
	key := finding{d.Severity, p.Code, d.Detail}
	if first := f.first[key]; first != nil {
		extra := first.Extra.(diag.Extra)
		extra.Count++
		first.Extra = extra
		return
	}
	if f.first == nil {
		f.first = map[finding]*hcl.Diagnostic{}
	}
	f.first[key] = d
	extra := d.Extra.(diag.Extra)
	extra.Path, extra.Count = f.o.ShownPath(withoutExtra(p.Path)).String(), 1
	if f.o.Decoded != nil && !has(written, p.Path) {
		extra.File = f.o.Decoded.File
	}
	d.Extra = extra
	f.r.scope.Report.Add(d)
}

// hasOnlyPath reports whether the position of a problem is that of a value around it. A missing field belongs to the
// object that lacks it.
func (f *findings) hasOnlyPath(written map[string]any, p kind.Problem) bool {
	if len(p.Path) == 0 {
		return false
	}
	if f.c.json != nil && !has(written, p.Path) {
		return true
	}
	at := p.Path
	if p.Code == kind.CodeMissingField {
		at = at[:len(at)-1]
	}
	_, exact := f.r.positions.values[at.String()]
	return !exact
}

// decoded returns the document that the block reads, or nil. Its name is known if the block has
// jsondecode(file("name")).
func (c compiled) decoded(r *run) *object.Decoded {
	if c.json == nil {
		return nil
	}
	d := &object.Decoded{Range: c.json.expr.Range()}
	if argument := fileArgument(c.json.expr.Expression); argument != nil {
		if name := r.evaluated(argument); name != "" {
			d.File = path.Clean(name)
		}
	}
	return d
}

// evaluated returns the value of a string that was evaluated before; empty if it is sensitive.
func (r *run) evaluated(e hclsyntax.Expression) string {
	var inner []string
	for name := range r.inner {
		inner = append(inner, name)
	}
	v, ok := r.scope.Value(lang.NewExpression(e, inner), r.inner)
	if !ok || lang.HasSensitive(v) {
		return ""
	}
	if v, _ = v.UnmarkDeep(); v.IsNull() || !v.IsKnown() || v.Type() != cty.String {
		return ""
	}
	return v.AsString()
}

// fileArgument returns the name in jsondecode(file(name)) or jsondecode(templatefile(name, ...)), or nil.
func fileArgument(e hclsyntax.Expression) hclsyntax.Expression {
	for _, names := range [][]string{{"jsondecode"}, {"file", "templatefile"}} {
		call, ok := lang.Unwrap(e).(*hclsyntax.FunctionCallExpr)
		if !ok || !slices.Contains(names, call.Name) || len(call.Args) == 0 {
			return nil
		}
		e = call.Args[0]
	}
	return e
}
