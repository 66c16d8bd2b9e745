package config

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/lang"
)

// dynamic is the header of a dynamic block. HCL's own expansion needs a schema of all blocks, which a body that can
// contain any field does not have.
type dynamic struct {
	forEach  *lang.Expression
	iterator string
}

// dynamic compiles a dynamic block; its content is nil if it is invalid.
func (c *compiler) dynamic(b *hclsyntax.Block, s *slot, in content) item {
	c.report.CheckFields(b, dynamicType)
	forEach := b.Body.Attributes["for_each"]
	if forEach == nil {
		c.report.Error("missing_field", "Missing for_each", "A dynamic block needs for_each, a list or map with one element for each block.", b.DefRange())
		return item{}
	}
	var inside *hclsyntax.Block
	for _, block := range b.Body.Blocks {
		if block.Type == "content" && inside == nil {
			inside = block
		} else if block.Type == "content" {
			c.report.Error("invalid_dynamic", "Duplicate content block", "A dynamic block has one content block, which is repeated for each element. Remove the others.", block.DefRange())
		}
	}
	if inside == nil {
		c.report.Error("invalid_dynamic", "Missing content block", "A dynamic block needs a content { ... } block, the body of the generated blocks.", b.DefRange())
		return item{}
	}
	iterator := b.Labels[0]
	if a := b.Body.Attributes["iterator"]; a != nil {
		iterator = hcl.ExprAsKeyword(a.Expr)
		if iterator == "" {
			c.report.Error("invalid_dynamic", "Invalid iterator", "iterator must be a name without quotes, such as: iterator = each_queue", a.Expr.Range())
			return item{}
		}
	}
	inner := append(slices.Clone(in.inner), iterator)
	labels, ok := c.dynamicLabels(b, s, inner)
	if !ok {
		return item{}
	}
	return item{
		dynamic: &dynamic{forEach: lang.NewExpression(forEach.Expr, in.inner), iterator: iterator},
		content: s.compile(content{inside.Body, labels, inner, b.DefRange()}),
		rng:     b.DefRange(),
	}
}

// dynamicLabels compiles the labels of the blocks that a dynamic block generates.
func (c *compiler) dynamicLabels(b *hclsyntax.Block, s *slot, inner []string) ([]node, bool) {
	a := b.Body.Attributes["labels"]
	var exprs []hclsyntax.Expression
	at := b.DefRange()
	if a != nil {
		at = a.Expr.Range()
		if tuple, ok := lang.Unwrap(a.Expr).(*hclsyntax.TupleConsExpr); ok {
			exprs = tuple.Exprs
		}
	}
	if len(exprs) != len(s.labels) {
		if len(s.labels) == 0 {
			c.report.Error("invalid_labels", "Block has no labels", fmt.Sprintf("Blocks of type %s have no labels. Remove labels = ...", b.Labels[0]), at)
		} else {
			c.report.Error("invalid_labels", "Block needs one label", fmt.Sprintf("Blocks of type %s need one label: %s. Write: labels = [\"...\"]", b.Labels[0], s.labels[0]), at)
		}
		return nil, false
	}
	labels := make([]node, len(exprs))
	for i, e := range exprs {
		labels[i] = c.attribute(e, e.Range(), inner)
	}
	return labels, true
}

// expand calls f for each element, with the iterator set.
func (d *dynamic) expand(r *run, f func()) {
	value, ok := r.scope.Value(d.forEach, r.inner)
	if !ok {
		r.fail(nil)
		return
	}
	if fault := lang.DynamicFault(value); fault != nil {
		if fault.Code != "" {
			r.scope.Report.Error(fault.Code, fault.Summary, fault.Detail, d.forEach.Range())
		}
		r.fail(nil)
		return
	}
	outer := r.inner
	for it := value.ElementIterator(); it.Next(); {
		key, element := it.Element()
		if value.Type().IsSetType() {
			key = element
		}
		if !r.scope.Report.Spend(1, blockBytes, d.forEach.Range()) {
			r.fail(nil)
			break
		}
		r.inner = outer.With(d.iterator, cty.ObjectVal(map[string]cty.Value{"key": key, "value": element}))
		f()
	}
	r.inner = outer
}
