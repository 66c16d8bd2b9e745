package config

import (
	"fmt"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/lang"
)

// constantFlag reads a bool attribute, which must be a literal.
func constantFlag(report *lang.Reporter, b *hclsyntax.Block, name string, missing bool) bool {
	a := b.Body.Attributes[name]
	if a == nil {
		return missing
	}
	value, ok := lang.Constant(a.Expr, report)
	if !ok {
		return missing
	}
	if value.Type() != cty.Bool || value.IsNull() {
		report.Error("invalid_value", "Bool required", fmt.Sprintf("%s must be true or false.", name), a.Expr.Range())
		return missing
	}
	return value.True()
}
