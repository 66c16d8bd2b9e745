package config

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/kind"
	"ddmon/internal/lang"
)

// compiler turns one block of the file into nodes.
type compiler struct {
	report *lang.Reporter
	kind   *kind.Kind
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
	literals := literalStrings(c.report.Meter, in.body)
	for _, a := range lang.Attributes(in.body) {
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
			c.report.Error("invalid_labels", "Block needs one label", `A dynamic block has one label, the block it makes. Write: dynamic "widget" { ... }`, b.DefRange())
			return
		}
		name = b.Labels[0]
	}
	s := slots(name, b.TypeRange)
	if s == nil {
		return
	}
	if a := in.body.Attributes[s.field]; a != nil {
		c.report.Error("block_and_attribute", "Field given twice", fmt.Sprintf("%q is given by a block here and by an attribute at %s. Keep one of them.",
			s.field, lang.Position(a.NameRange)), b.DefRange())
		return
	}
	var i item
	if expand && s.field == lifecycleBlock {
		c.report.Error("invalid_dynamic", "lifecycle cannot be dynamic", "lifecycle is the same for all objects of a block. Write: lifecycle { ... }", b.DefRange())
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
	return &attribute{expr: lang.NewExpression(e, inner), name: name, keepNulls: isJSON(e), inside: lang.Locate(c.report.Meter, e)}
}

// isJSON reports whether an expression is JSON read as it is; its nulls are meant.
func isJSON(e hclsyntax.Expression) bool {
	call, ok := lang.Unwrap(e).(*hclsyntax.FunctionCallExpr)
	return ok && call.Name == "jsondecode"
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
		c.report.Error("invalid_labels", "Block takes no label", fmt.Sprintf("Write: %s { ... }", name), at)
		return
	}
	c.report.Error("invalid_labels", "Block needs one label", fmt.Sprintf("A %s block has one label, %s. Write: %s \"...\" { ... }", name, s.labels[0], name), at)
}
