package config

import (
	"fmt"

	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/object"
)

func (e *Evaluation) declareLocals(b *hclsyntax.Block) {
	for _, inner := range b.Body.Blocks {
		e.Scope.Report.Error("unexpected_block", "Block inside of locals", fmt.Sprintf("A locals block can contain only attributes. Write: %s = { ... }", inner.Type), inner.DefRange())
	}
	for _, name := range object.SortedKeys(b.Body.Attributes) {
		a := b.Body.Attributes[name]
		if first, ok := e.locals.Add(name, a.Expr, a.NameRange); !ok {
			e.Scope.Report.DuplicateName("local", name, first, a.NameRange)
		}
	}
}
