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

// slot describes how blocks of one name are stored in the object that contains them.
type slot struct {
	field   string // the field that they set
	list    bool   // each block is an element of a list
	labels  []string
	compile func(content) node
}

// content is the body of a block, or of the content block of a dynamic block.
type content struct {
	body   *hclsyntax.Body
	labels []node
	inner  []string  // names that its expressions can use in addition to the global ones
	at     hcl.Range // the block
}

// slotLookup returns the slot for a block name in some context, such as an object type, a dashboard or a group. If the
// name is not allowed there, it reports that and returns nil.
type slotLookup func(name string, at hcl.Range) *slot

// object compiles the attributes and blocks of a body into the fields of an object of type t, which is nil if the type
// is unknown. Attributes named in skip do not belong to the object.
func (c *compiler) object(in content, t *kind.Type, slots slotLookup, skip ...string) *objectNode {
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

// block adds one block of the file to the object that contains it.
func (c *compiler) block(o *objectNode, byField map[string]*blocks, b *hclsyntax.Block, in content, slots slotLookup) {
	name, expand := b.Type, b.Type == "dynamic"
	if expand {
		if len(b.Labels) != 1 {
			c.report.Error("invalid_labels", "Block needs one label", `This dynamic block needs one label: the type of the blocks it generates. Write: dynamic "widget" { ... }`, b.DefRange())
			return
		}
		name = b.Labels[0]
	}
	s := slots(name, b.TypeRange)
	if s == nil {
		return
	}
	if a := in.body.Attributes[s.field]; a != nil {
		c.report.Error("block_and_attribute", "Field set twice", fmt.Sprintf("%q is set by this block and by an attribute at %s. Remove one of them.",
			s.field, lang.Position(a.NameRange)), b.DefRange())
		return
	}
	var i item
	if expand && s.field == lifecycleBlock {
		c.report.Error("invalid_dynamic", "lifecycle cannot be dynamic", "All instances of a block share one lifecycle. Write: lifecycle { ... }", b.DefRange())
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
		i = item{content: invalid{}, rng: b.DefRange()}
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

// isJSON reports whether an expression is a call of jsondecode, whose nulls are kept.
func isJSON(e hclsyntax.Expression) bool {
	call, ok := lang.Unwrap(e).(*hclsyntax.FunctionCallExpr)
	return ok && call.Name == "jsondecode"
}

// labelNodes checks a block's labels against the labels of the slot.
func (c *compiler) labelNodes(b *hclsyntax.Block, s *slot) ([]node, bool) {
	if len(b.Labels) != len(s.labels) {
		if advice := c.terraformWidget(b.Body); advice != "" && len(b.Labels) == 0 {
			c.report.Error("invalid_labels", "Block of Datadog's Terraform provider", "The type of a widget is its label. Write: "+advice, b.DefRange())
		} else {
			c.wrongLabels(b.Type, s, b.DefRange())
		}
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
		c.report.Error("invalid_labels", "Block has no labels", fmt.Sprintf("Remove the label. Write: %s { ... }", name), at)
		return
	}
	c.report.Error("invalid_labels", "Block needs one label", fmt.Sprintf("This %s block needs one label: %s. Write: %s \"...\" { ... }", name, s.labels[0], name), at)
}
