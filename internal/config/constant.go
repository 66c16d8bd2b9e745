package config

import (
	"fmt"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/lang"
)

// checkDescription checks the description of a variable, which must be a literal. ddmon does not use it.
func checkDescription(report *lang.Reporter, b *hclsyntax.Block) {
	a := b.Body.Attributes["description"]
	if a == nil {
		return
	}
	if value, ok := lang.Constant(a.Expr, report); ok && value.Type() != cty.String {
		report.Error("wrong_type", "Invalid type", "description must be a string.", a.Expr.Range())
	}
}

// constantFlag reads a bool attribute, which must be a literal.
func constantFlag(report *lang.Reporter, b *hclsyntax.Block, t *lang.AttributeType) bool {
	missing := t.Default.(bool)
	a := b.Body.Attributes[t.Name]
	if a == nil {
		return missing
	}
	value, ok := lang.Constant(a.Expr, report)
	if !ok {
		return missing
	}
	if value.Type() != cty.Bool || value.IsNull() {
		report.Error("invalid_value", "Bool required", fmt.Sprintf("%s must be true or false.", t.Name), a.Expr.Range())
		return missing
	}
	return value.True()
}
