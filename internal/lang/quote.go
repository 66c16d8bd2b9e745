package lang

import (
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/limit"
)

// quoted ensures that an expression in quotes is a string. HCL evaluates "${each.value}" to each.value, which can be a
// number. Terraform converts it to the type in its schema; ddmon only checks types. The expression is changed in place
// where possible.
func quoted(e hclsyntax.Expression) hclsyntax.Expression {
	switch e := e.(type) {
	case *hclsyntax.TemplateWrapExpr:
		empty := &hclsyntax.LiteralValueExpr{Val: cty.StringVal(""), SrcRange: e.SrcRange}
		return &hclsyntax.TemplateExpr{Parts: []hclsyntax.Expression{e.Wrapped, empty}, SrcRange: e.SrcRange}
	case *hclsyntax.ParenthesesExpr:
		e.Expression = quoted(e.Expression)
	case *limit.Expr:
		e.Expression = quoted(e.Expression)
	case *hclsyntax.ObjectConsExpr:
		for i := range e.Items {
			e.Items[i].ValueExpr = quoted(e.Items[i].ValueExpr)
		}
	case *hclsyntax.TupleConsExpr:
		quotedAll(e.Exprs)
	case *hclsyntax.FunctionCallExpr:
		quotedAll(e.Args)
	case *hclsyntax.ConditionalExpr:
		e.TrueResult, e.FalseResult = quoted(e.TrueResult), quoted(e.FalseResult)
	case *hclsyntax.ForExpr:
		e.CollExpr, e.ValExpr = quoted(e.CollExpr), quoted(e.ValExpr)
	}
	return e
}

func quotedAll(es []hclsyntax.Expression) {
	for i, e := range es {
		es[i] = quoted(e)
	}
}
