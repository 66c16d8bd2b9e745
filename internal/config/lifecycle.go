package config

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/diag"
	"ddmon/internal/lang"
	"ddmon/internal/object"
)

const lifecycleBlock = "lifecycle"

// lifecycle reads the lifecycle block of an object. All instances of a block share it.
func lifecycle(report *lang.Reporter, b *block) object.Lifecycle {
	var out object.Lifecycle
	var first *hclsyntax.Block
	for _, inner := range b.source.Body.Blocks {
		if inner.Type != lifecycleBlock {
			continue
		}
		if first != nil {
			report.Error("duplicate_block", "Duplicate block", fmt.Sprintf("The first lifecycle block is at %s. Merge them into one.",
				lang.Position(first.DefRange())), inner.DefRange())
			continue
		}
		first = inner
		report.CheckFields(inner, lifecycleType)
		out.PreventDestroy = constantFlag(report, inner, lifecycleType.Attribute("prevent_destroy"))
		if a := inner.Body.Attributes["ignore_changes"]; a != nil {
			out.IgnoreChanges = ignoreChanges(report, b, a.Expr)
		}
	}
	return out
}

// ignoreChanges reads a list of fields, each a reference (options.thresholds) or a string.
func ignoreChanges(report *lang.Reporter, b *block, e hclsyntax.Expression) []object.Path {
	tuple, ok := lang.Unwrap(e).(*hclsyntax.TupleConsExpr)
	if !ok {
		report.Error("invalid_lifecycle", "Invalid ignore_changes", "ignore_changes must be a list of fields. Write: ignore_changes = [query, options.thresholds]", e.Range())
		return nil
	}
	var paths []object.Path
	for _, element := range tuple.Exprs {
		t, diags := hcl.AbsTraversalForExpr(element)
		if s, isText := lang.Literal(report.Meter, element); isText {
			t, diags = hclsyntax.ParseTraversalAbs([]byte(s), element.Range().Filename, element.Range().Start)
		}
		p, ok := pathOf(t)
		if diags.HasErrors() || !ok {
			report.Error("invalid_lifecycle", "Invalid path to a field", "Write the path of a field of the "+b.kindName+", such as options.thresholds or \"options.thresholds\".", element.Range())
			continue
		}
		if name := p[0].(string); b.kind.Body.Fields[name] == nil {
			report.Warn("unknown_field", "Unknown field", fmt.Sprintf("The %s has no known field %q, so ignoring it can have no effect.%s", b.kindName, name,
				diag.DidYouMean(name, object.SortedKeys(b.kind.Body.Fields))), element.Range())
		}
		paths = append(paths, p)
	}
	return paths
}

func pathOf(t hcl.Traversal) (object.Path, bool) {
	var p object.Path
	for _, step := range t {
		switch step := step.(type) {
		case hcl.TraverseRoot:
			p = append(p, step.Name)
		case hcl.TraverseAttr:
			p = append(p, step.Name)
		case hcl.TraverseIndex:
			if step.Key.Type() == cty.String {
				p = append(p, step.Key.AsString())
				continue
			}
			i, _ := step.Key.AsBigFloat().Int64()
			p = append(p, int(i))
		default:
			return nil, false
		}
	}
	return p, len(p) > 0
}
