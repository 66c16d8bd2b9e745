package config

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/kind"
	"ddmon/internal/lang"
	"ddmon/internal/object"
)

// blockName identifies an object's block: monitor.queue_depth, without a key.
type blockName struct{ kindName, name string }

// block is the block of an object, such as a monitor.
type block struct {
	blockName
	kind   *kind.Kind
	source *hclsyntax.Block

	resolved  bool
	instances *lang.Instances // nil if its for_each is invalid
	byKey     cty.Value       // value of a reference to the block as a whole; computed on first use
}

// objectBlocks are the object blocks of a stack.
type objectBlocks struct {
	scope  *lang.Scope
	byName map[blockName]*block
}

func newObjectBlocks(s *lang.Scope) *objectBlocks {
	return &objectBlocks{s, map[blockName]*block{}}
}

func (o *objectBlocks) declare(b *hclsyntax.Block, k *kind.Kind) {
	name := blockName{b.Type, b.Labels[0]}
	if first, ok := o.byName[name]; ok {
		o.scope.Report.DuplicateName(b.Type, b.Labels[0], first.source.DefRange(), b.DefRange())
		return
	}
	o.byName[name] = &block{blockName: name, kind: k, source: b}
}

func (o *objectBlocks) sorted() []*block {
	var sorted []*block
	for _, b := range o.byName {
		sorted = append(sorted, b)
	}
	slices.SortFunc(sorted, func(a, b *block) int {
		return object.Address{Kind: a.kindName, Name: a.name}.Compare(object.Address{Kind: b.kindName, Name: b.name})
	})
	return sorted
}

// instances evaluates a block's for_each; nil if it is invalid. at is the position of the reference to the block.
func (o *objectBlocks) instances(b *block, at hcl.Range) *lang.Instances {
	if b.resolved {
		return b.instances
	}
	a := b.source.Body.Attributes["for_each"]
	if a == nil {
		b.resolved, b.instances = true, lang.SingleInstance()
		return b.instances
	}
	if !o.scope.Chain.Enter("for_each of "+b.kindName+"."+b.name, at) {
		b.resolved = true
		return nil
	}
	defer o.scope.Chain.Leave()
	value, ok := o.scope.Value(lang.NewExpression(a.Expr, nil), nil)
	if ok && !b.resolved {
		b.instances = lang.ForEach(value, o.scope.Report, a.Expr.Range())
	}
	b.resolved = true
	return b.instances
}
