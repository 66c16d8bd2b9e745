package lang

import (
	"cmp"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/limit"
	"ddmon/internal/object"
)

// Unwrap removes parentheses and the wrappers that count steps from an expression.
func Unwrap(e hclsyntax.Expression) hclsyntax.Expression {
	for {
		switch p := e.(type) {
		case *hclsyntax.ParenthesesExpr:
			e = p.Expression
		case *limit.Expr:
			e = p.Expression
		default:
			return e
		}
	}
}

// IsTemplate reports whether a value is a template, whose sensitive parts are recorded part by part.
func IsTemplate(e hclsyntax.Expression) bool {
	for {
		p, ok := e.(*hclsyntax.ParenthesesExpr)
		if !ok {
			break
		}
		e = p.Expression
	}
	_, ok := e.(*hclsyntax.TemplateExpr)
	return ok
}

// Literal returns the value of a string literal without variables; false for other expressions.
func Literal(m *limit.Meter, e hclsyntax.Expression) (string, bool) {
	if _, ok := e.(*hclsyntax.TemplateExpr); !ok {
		return "", false
	}
	v, diags, fault := m.Value(e, nil)
	if fault != nil || diags.HasErrors() || v.Type() != cty.String || !v.IsKnown() || v.IsNull() {
		return "", false
	}
	return v.AsString(), true
}

// Located is the position of a value inside an expression.
type Located struct {
	Path       object.Path
	Value, Key hcl.Range
}

// Locate returns the positions of the values in object and tuple constructors.
func Locate(m *limit.Meter, e hclsyntax.Expression) []Located {
	var found []Located
	locate(m, e, nil, &found)
	return found
}

func locate(m *limit.Meter, e hclsyntax.Expression, p object.Path, found *[]Located) {
	switch e := Unwrap(e).(type) {
	case *hclsyntax.ObjectConsExpr:
		for _, item := range e.Items {
			key, diags, fault := evaluate(m, item.KeyExpr)
			if fault != nil || diags.HasErrors() || !key.IsKnown() || key.IsNull() || key.Type() != cty.String {
				continue // a computed key: the value has the position of the object
			}
			at := p.With(key.AsString())
			*found = append(*found, Located{at, item.ValueExpr.Range(), item.KeyExpr.Range()})
			locate(m, item.ValueExpr, at, found)
		}
	case *hclsyntax.TupleConsExpr:
		for i, element := range e.Exprs {
			at := p.With(i)
			*found = append(*found, Located{at, element.Range(), element.Range()})
			locate(m, element, at, found)
		}
	}
}

// Attributes returns a body's attributes in source order.
func Attributes(body *hclsyntax.Body) []*hclsyntax.Attribute {
	var sorted []*hclsyntax.Attribute
	for _, a := range body.Attributes {
		sorted = append(sorted, a)
	}
	slices.SortFunc(sorted, func(a, b *hclsyntax.Attribute) int {
		return cmp.Compare(a.NameRange.Start.Byte, b.NameRange.Start.Byte)
	})
	return sorted
}
