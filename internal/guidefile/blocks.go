package guidefile

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/guide"
	"ddmon/internal/lang"
	"ddmon/internal/object"
)

// BlockType is the type of a guide block.
const BlockType = "guide"

// Monitors resolves references to monitors.
type Monitors interface {
	// Instances returns the instances of a block; false if the block does not exist.
	Instances(kindName, name string) (*lang.Instances, bool)
	// Names returns the names of the blocks of a kind.
	Names(kindName string) []string
}

// Guides are the guide blocks of a stack.
type Guides struct {
	scope    *lang.Scope
	monitors Monitors
	byName   map[string]*hclsyntax.Block
}

// New returns an empty set of guide blocks, whose expressions are evaluated in the scope.
func New(s *lang.Scope, monitors Monitors) *Guides {
	return &Guides{s, monitors, map[string]*hclsyntax.Block{}}
}

// Declare adds a block.
func (b *Guides) Declare(block *hclsyntax.Block) {
	report := b.scope.Report
	if !report.CheckLabel(block, "the guide's name", `guide "consumer-failure" { ... }`) || !report.CheckIdentifier(block) {
		return
	}
	name := block.Labels[0]
	if first := b.byName[name]; first != nil {
		report.DuplicateName(BlockType, name, first.DefRange(), block.DefRange())
		return
	}
	b.byName[name] = block
}

// Evaluate returns the guides, sorted by name.
func (b *Guides) Evaluate() []*guide.Guide {
	var all []*guide.Guide
	for _, name := range object.SortedKeys(b.byName) {
		all = append(all, b.read(b.byName[name]))
	}
	return all
}

// Root resolves references to guides: guide.NAME.name and guide.NAME.summary, for messages.
func (b *Guides) Root() lang.Root {
	return lang.Root{Value: func(t hcl.Traversal, name string) (cty.Value, bool) {
		block := b.byName[name]
		if block == nil {
			b.scope.Report.UnknownName(t, BlockType, name, object.SortedKeys(b.byName), "Only guides of this stack can be referenced.")
			return cty.NilVal, false
		}
		if !b.scope.Chain.Enter(BlockType+"."+name, t.SourceRange()) {
			return cty.NilVal, false
		}
		defer b.scope.Chain.Leave()
		return cty.ObjectVal(map[string]cty.Value{"name": cty.StringVal(name), "summary": b.summary(block)}), true
	}}
}

// summary returns the summary of a guide or, if it is not set, how to run the guide.
func (b *Guides) summary(block *hclsyntax.Block) cty.Value {
	if a := block.Body.Attributes["summary"]; a != nil {
		if value, ok := b.scope.Value(lang.NewExpression(a.Expr, nil), nil); ok && value.IsKnown() && !value.IsNull() && value.Type() == cty.String {
			return value
		}
	}
	return cty.StringVal(fmt.Sprintf("Run: ddmon verify %s", block.Labels[0]))
}
