package lang

import (
	"maps"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// Expression is an expression with what it needs to be evaluated: the names around it that are its own (each, the
// iterators of dynamic blocks) and, once it has been evaluated for the first time, the context that holds exactly
// the variables, locals and objects it mentions. Instances of a for_each share that context.
type Expression struct {
	hclsyntax.Expression
	Varies   bool     // it mentions a name of its own, so its value may differ between evaluations
	inner    []string // names that the place of the expression defines
	prepared bool
	context  *hcl.EvalContext // nil after prepare if something in it does not exist
	indexes  []*hclsyntax.IndexExpr
}

// Names are the values of an expression's inner names: "each" and iterators.
type Names map[string]cty.Value

// With returns the names with one more.
func (n Names) With(name string, value cty.Value) Names {
	longer := make(Names, len(n)+1)
	maps.Copy(longer, n)
	longer[name] = value
	return longer
}

// NewExpression prepares an expression whose place defines inner names. It may change e.
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
