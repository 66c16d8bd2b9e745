package config

import (
	"fmt"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/lang"
)

// constantFlag reads an attribute that is true or false, written as such.
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
		report.Error("invalid_value", "True or false expected", fmt.Sprintf("%s is either true or false.", name), a.Expr.Range())
		return missing
	}
	return value.True()
}
