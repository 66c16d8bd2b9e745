package config

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// dynamic is the head of a dynamic block. HCL's own expansion of them wants a schema of all blocks, which a body
// that may hold any field does not have.
type dynamic struct {
	forEach  *expression
	iterator string
}

// dynamic compiles a dynamic block; its content is nil if it is wrong.
func (c *compiler) dynamic(b *hclsyntax.Block, s *slot, in content) item {
	c.onlyFields(b, []string{"for_each", "iterator", "labels"}, []string{"content"})
	forEach := b.Body.Attributes["for_each"]
	if forEach == nil {
		c.error("missing_field", "for_each missing", "A dynamic block needs for_each: the list or map with one element for each block.", b.DefRange())
		return item{}
	}
	var inside *hclsyntax.Block
	for _, block := range b.Body.Blocks {
		if block.Type == "content" && inside == nil {
			inside = block
		} else if block.Type == "content" {
			c.error("invalid_dynamic", "More than one content", "A dynamic block has one content block, which is repeated.", block.DefRange())
		}
	}
	if inside == nil {
		c.error("invalid_dynamic", "content missing", "A dynamic block needs a block content { ... } with what each of its blocks holds.", b.DefRange())
		return item{}
	}
	iterator := b.Labels[0]
	if a := b.Body.Attributes["iterator"]; a != nil {
		iterator = hcl.ExprAsKeyword(a.Expr)
		if iterator == "" {
			c.error("invalid_dynamic", "Iterator is no name", "iterator is a name without quotes, such as: iterator = each_queue", a.Expr.Range())
			return item{}
		}
	}
	inner := append(slices.Clone(in.inner), iterator)
	labels, ok := c.dynamicLabels(b, s, inner)
	if !ok {
		return item{}
	}
	return item{
		dynamic: &dynamic{forEach: newExpression(forEach.Expr, in.inner), iterator: iterator},
		content: s.compile(content{inside.Body, labels, inner, b.DefRange()}),
		rng:     b.DefRange(),
	}
}

// dynamicLabels compiles the labels of the blocks that a dynamic block makes.
func (c *compiler) dynamicLabels(b *hclsyntax.Block, s *slot, inner []string) ([]node, bool) {
	a := b.Body.Attributes["labels"]
	var exprs []hclsyntax.Expression
	at := b.DefRange()
	if a != nil {
		at = a.Expr.Range()
		if tuple, ok := unwrap(a.Expr).(*hclsyntax.TupleConsExpr); ok {
			exprs = tuple.Exprs
		}
	}
	if len(exprs) != len(s.labels) {
		if len(s.labels) == 0 {
			c.error("invalid_labels", "Block takes no label", fmt.Sprintf("A %s block has no labels; remove labels = ...", b.Labels[0]), at)
		} else {
			c.error("invalid_labels", "Block needs one label", fmt.Sprintf("A %s block has one label, %s. Write: labels = [\"...\"]", b.Labels[0], s.labels[0]), at)
		}
		return nil, false
	}
	labels := make([]node, len(exprs))
	for i, e := range exprs {
		labels[i] = c.attribute(e, e.Range(), inner)
	}
	return labels, true
}

// expand calls f once for each element, with the iterator set.
func (d *dynamic) expand(r *run, f func()) {
	value, ok := r.loader.value(d.forEach, r.inner)
	if !ok {
		r.fail(nil)
		return
	}
	if fault := dynamicFault(value); fault != nil {
		if fault.code != "" {
			r.loader.error(fault.code, fault.summary, fault.detail, d.forEach.Range())
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
		if !r.loader.spend(1, blockBytes, d.forEach.Range()) {
			r.fail(nil)
			break
		}
		r.inner = outer.with(d.iterator, cty.ObjectVal(map[string]cty.Value{"key": key, "value": element}))
		f()
	}
	r.inner = outer
}

// dynamicFault says why a dynamic block cannot be expanded over a value; nil if it can. Ids and secrets may be in
// its elements, but may not decide how many there are.
func dynamicFault(v cty.Value) *fault {
	for m := range v.Marks() {
		if _, ref := m.(refMark); ref {
			return &fault{code: "unknown_id", summary: unknownIDSummary, detail: "for_each of a dynamic block decides how many blocks there are. " + unknownIDDetail}
		}
		return &fault{code: "invalid_for_each", summary: "for_each is sensitive", detail: "The number of blocks would show something of a sensitive value. " +
			"Wrap what is not secret in nonsensitive()."}
	}
	switch {
	case !v.IsKnown():
		return &fault{}
	case v.IsNull():
		return &fault{code: "invalid_for_each", summary: "for_each is null", detail: "for_each of a dynamic block needs a list, a set or a map; [] makes no block."}
	case !v.CanIterateElements():
		return &fault{code: "invalid_for_each", summary: "for_each needs a list or map", detail: "for_each of a dynamic block is a " + v.Type().FriendlyName() +
			". Give it a list, a set or a map."}
	}
	return nil
}
