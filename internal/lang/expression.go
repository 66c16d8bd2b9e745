package lang

import (
	"maps"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// Expression is an expression with its inner names (each, the iterators of dynamic blocks) and, after its first
// evaluation, a context with exactly the variables, locals and objects that it refers to. Instances of a for_each share
// that context.
type Expression struct {
	hclsyntax.Expression
	Varies   bool     // it refers to an inner name, so its value can differ between evaluations
	inner    []string // names that are defined where the expression is written
	prepared bool
	context  *hcl.EvalContext // nil after prepare if a reference is invalid
	indexes  []*hclsyntax.IndexExpr
}

// Names maps the inner names of an expression to their values: "each" and iterators.
type Names map[string]cty.Value

// With returns a copy of the names with another one.
func (n Names) With(name string, value cty.Value) Names {
	longer := make(Names, len(n)+1)
	maps.Copy(longer, n)
	longer[name] = value
	return longer
}

// NewExpression prepares an expression for which inner names are defined. It can change e.
func NewExpression(e hclsyntax.Expression, inner []string) *Expression {
	x := &Expression{Expression: quoted(e), inner: inner}
	if len(inner) > 0 {
		for _, t := range e.Variables() {
			x.Varies = x.Varies || x.isInner(t.RootName())
		}
	}
	return x
}

func (x *Expression) isInner(name string) bool {
	for _, n := range x.inner {
		if n == name {
			return true
		}
	}
	return false
}
