package config

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/limit"
	"ddmon/internal/object"
)

// compiler turns one block of the file into nodes.
type compiler struct {
	*loader
	kind *kind.Kind
}

// slot says what becomes of the blocks of one name inside of an object.
type slot struct {
	field   string // the key that they give
	list    bool   // whether they are the elements of a list
	labels  []string
	compile func(content) node
}

// content is the inside of a block or of the content of a dynamic block.
type content struct {
	body   *hclsyntax.Body
	labels []node
	inner  []string  // names that expressions in it may use besides the global ones
	at     hcl.Range // the block
}

// place is where blocks stand: an object of some type, a dashboard, a group. It returns the slot for a name, or nil
// after reporting that there is none.
type place func(name string, at hcl.Range) *slot

// object compiles the attributes and blocks of a body to the fields of one object of a type, which is nil if nothing
// is known of it. The attributes named in skip are not the object's.
func (c *compiler) object(in content, t *kind.Type, slots place, skip ...string) *objectNode {
	o := &objectNode{rng: in.at}
	literals := literalStrings(c.meter, in.body)
	for _, a := range attributesOf(in.body) {
		if !slices.Contains(skip, a.Name) {
			value := c.attribute(a.Expr, a.NameRange, in.inner)
			value.typ = typeOf(t.Field(a.Name, literals))
			o.fields = append(o.fields, field{a.Name, value})
		}
	}
	byField := map[string]*blocks{}
	for _, b := range in.body.Blocks {
		c.block(o, byField, b, in, slots)
	}
	return o
}

// block adds one block of the file to the object that it is in.
func (c *compiler) block(o *objectNode, byField map[string]*blocks, b *hclsyntax.Block, in content, slots place) {
	name, expand := b.Type, b.Type == "dynamic"
	if expand {
		if len(b.Labels) != 1 {
			c.error("invalid_labels", "Block needs one label", `A dynamic block has one label, the block it makes. Write: dynamic "widget" { ... }`, b.DefRange())
			return
		}
		name = b.Labels[0]
	}
	s := slots(name, b.TypeRange)
	if s == nil {
		return
	}
	if a := in.body.Attributes[s.field]; a != nil {
		c.error("block_and_attribute", "Field given twice", fmt.Sprintf("%q is given by a block here and by an attribute at %s. Keep one of them.",
			s.field, position(a.NameRange)), b.DefRange())
		return
	}
	var i item
	if expand && s.field == lifecycleBlock {
		c.error("invalid_dynamic", "lifecycle cannot be dynamic", "lifecycle is the same for all objects of a block. Write: lifecycle { ... }", b.DefRange())
		return
	}
	if expand {
		i = c.dynamic(b, s, in)
	} else {
		i = item{rng: b.DefRange()}
		if labels, ok := c.labelNodes(b, s); ok {
			i.content = s.compile(content{b.Body, labels, in.inner, b.DefRange()})
		}
	}
	if i.content == nil {
		if s.field == lifecycleBlock {
			return
		}
		i = item{content: faulty{}, rng: b.DefRange()}
	}
	group := byField[s.field]
	if group == nil {
		group = &blocks{name: s.field, list: s.list}
		byField[s.field] = group
		o.fields = append(o.fields, field{s.field, group})
	}
	group.items = append(group.items, i)
}

// attribute compiles an expression.
func (c *compiler) attribute(e hclsyntax.Expression, name hcl.Range, inner []string) *attribute {
	a := &attribute{expr: newExpression(e, inner), name: name, keepNulls: isJSON(e)}
	locate(c.meter, e, nil, &a.inside)
	return a
}

// isJSON reports whether an expression is JSON read as it is; its nulls are meant.
func isJSON(e hclsyntax.Expression) bool {
	call, ok := unwrap(e).(*hclsyntax.FunctionCallExpr)
	return ok && call.Name == "jsondecode"
}

func unwrap(e hclsyntax.Expression) hclsyntax.Expression {
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

// locate finds the places of the values inside of object and tuple constructors.
func locate(m *limit.Meter, e hclsyntax.Expression, p object.Path, found *[]located) {
	switch e := unwrap(e).(type) {
	case *hclsyntax.ObjectConsExpr:
		for _, item := range e.Items {
			key, diags, fault := evaluate(m, item.KeyExpr)
			if fault != nil || diags.HasErrors() || !key.IsKnown() || key.IsNull() || key.Type() != cty.String {
				continue // a computed key: the value's place is that of the object
			}
			at := p.With(key.AsString())
			*found = append(*found, located{at, item.ValueExpr.Range(), item.KeyExpr.Range()})
			locate(m, item.ValueExpr, at, found)
		}
	case *hclsyntax.TupleConsExpr:
		for i, element := range e.Exprs {
			at := p.With(i)
			*found = append(*found, located{at, element.Range(), element.Range()})
			locate(m, element, at, found)
		}
	}
}

// labelNodes checks a block's labels against those that the slot wants.
func (c *compiler) labelNodes(b *hclsyntax.Block, s *slot) ([]node, bool) {
	if len(b.Labels) != len(s.labels) {
		c.wrongLabels(b.Type, s, b.DefRange())
		return nil, false
	}
	labels := make([]node, len(b.Labels))
	for i, text := range b.Labels {
		labels[i] = constant{text, b.LabelRanges[i]}
	}
	return labels, true
}

func (c *compiler) wrongLabels(name string, s *slot, at hcl.Range) {
	if len(s.labels) == 0 {
		c.error("invalid_labels", "Block takes no label", fmt.Sprintf("Write: %s { ... }", name), at)
		return
	}
	c.error("invalid_labels", "Block needs one label", fmt.Sprintf("A %s block has one label, %s. Write: %s \"...\" { ... }", name, s.labels[0], name), at)
}

// onlyFields reports what a block of ddmon's own has no field for.
func (l *loader) onlyFields(b *hclsyntax.Block, attributes, blocks []string) {
	known := append(slices.Clone(attributes), blocks...)
	for _, a := range attributesOf(b.Body) {
		if !slices.Contains(attributes, a.Name) {
			l.error("unknown_field", "Unknown field", fmt.Sprintf("There is no attribute %q in a block %s.%s", a.Name, b.Type, diag.DidYouMean(a.Name, known)), a.NameRange)
		}
	}
	for _, inner := range b.Body.Blocks {
		if !slices.Contains(blocks, inner.Type) {
			l.error("unexpected_block", "Unexpected block", fmt.Sprintf("There is no block %q in a block %s.%s", inner.Type, b.Type, diag.DidYouMean(inner.Type, known)), inner.DefRange())
		}
	}
}

// attributesOf returns a body's attributes in the order in which they are written.
func attributesOf(body *hclsyntax.Body) []*hclsyntax.Attribute {
	var sorted []*hclsyntax.Attribute
	for _, a := range body.Attributes {
		sorted = append(sorted, a)
	}
	slices.SortFunc(sorted, func(a, b *hclsyntax.Attribute) int {
		return cmp.Compare(a.NameRange.Start.Byte, b.NameRange.Start.Byte)
	})
	return sorted
}
