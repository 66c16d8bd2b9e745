package config

import (
	"fmt"
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"

	"ddmon/internal/kind"
	"ddmon/internal/lang"
	"ddmon/internal/limit"
	"ddmon/internal/object"
	"ddmon/internal/suggest"
)

// ofType returns the slots inside an object of type t: a field that is an object or a list of objects can be written as
// blocks. The body distinguishes the variants of a union. If the type is unknown, a repeated block is a list.
func (c *compiler) ofType(t *kind.Type, body *hclsyntax.Body) slotLookup {
	var literals map[string]any
	var fromTerraform map[string]bool // names that were reported
	return func(name string, at hcl.Range) *slot {
		if literals == nil {
			literals = literalStrings(c.report.Meter, body)
		}
		s := &slot{field: name}
		inner := typeOf(t.Field(name, literals))
		if inner == nil {
			if fromTerraform == nil {
				fromTerraform = map[string]bool{}
			}
			if other := c.terraformSlot(t, body, name, at, fromTerraform); other != nil {
				return other
			}
		}
		element := inner
		switch {
		case inner == nil || inner.Shape == kind.Any:
			s.list = countBlocks(body, name) > 1
		case objectLike(inner):
		case inner.Shape == kind.List && objectLike(inner.Elem):
			s.list, element = true, inner.Elem
		default:
			c.report.Error("unexpected_block", "Attribute written as a block", fmt.Sprintf("%q is %s, so it must be an attribute. Write: %s = ...", name, inner.Shape, name), at)
			return nil
		}
		s.compile = func(in content) node { return c.object(in, element, c.ofType(element, in.body)) }
		return s
	}
}

// objectLike reports whether values of a type are objects.
func objectLike(t *kind.Type) bool {
	if t.Shape == kind.Union {
		return slices.ContainsFunc(t.Variants, objectLike)
	}
	return t.Shape == kind.Object || t.Shape == kind.Map || t.Shape == kind.Any
}

// countBlocks counts the blocks of a name; a dynamic block counts as two, since it can generate several.
func countBlocks(body *hclsyntax.Body, name string) int {
	n := 0
	for _, b := range body.Blocks {
		switch {
		case b.Type == name:
			n++
		case b.Type == "dynamic" && len(b.Labels) == 1 && b.Labels[0] == name:
			n += 2
		}
	}
	return n
}

// literalStrings returns the attributes whose values are literal strings, such as type = "slo".
func literalStrings(m *limit.Meter, body *hclsyntax.Body) map[string]any {
	found := map[string]any{}
	for name, a := range body.Attributes {
		if s, ok := lang.Literal(m, a.Expr); ok {
			found[name] = s
		}
	}
	return found
}

// terraformArguments are meta-arguments that only Terraform has.
var terraformArguments = []string{"count", "depends_on", "provider"}

// rejectTerraform reports meta-arguments that only Terraform has, and what to write instead.
func (c *compiler) rejectTerraform(body *hclsyntax.Body) {
	for _, name := range terraformArguments {
		a := body.Attributes[name]
		if a == nil {
			continue
		}
		detail := "Remove it. DD_SITE and the keys select the Datadog account."
		switch name {
		case "count":
			detail = "ddmon does not support count. Use for_each with a map or a set, and each.key."
		case "depends_on":
			detail = "Remove it. References such as monitor.NAME.id determine the order."
		}
		c.report.Error("unknown_field", "Unsupported Terraform argument", detail, a.NameRange)
	}
}

// root compiles the whole block of an object.
func (c *compiler) root(b *block, inner []string) *objectNode {
	in := content{body: b.source.Body, inner: inner, at: b.source.DefRange()}
	plain := c.ofType(c.kind.Body, in.body)
	c.rejectTerraform(in.body)
	o := c.object(in, c.kind.Body, c.withSpecial(c.ownBlocks(), plain), append(objectType.AttributeNames(), terraformArguments...)...)
	o.writesEmpty("widgets")
	return o
}

// ownBlocks returns the slots of the blocks that ddmon adds to the fields of a kind, as in ObjectBlock.
func (c *compiler) ownBlocks() map[string]*slot {
	special := map[string]*slot{lifecycleBlock: {field: lifecycleBlock, compile: func(content) node { return nil }}}
	if len(c.kind.WidgetTypes()) > 0 {
		special["template_variable"] = &slot{field: "template_variables", list: true, labels: []string{"its name"}, compile: c.named("template_variables")}
		special["template_variable_preset"] = &slot{field: "template_variable_presets", list: true, labels: []string{"its name"}, compile: c.named("template_variable_presets")}
		special["widget"] = &slot{field: "widgets", list: true, labels: []string{"its type"}, compile: c.widget}
		special["group"] = &slot{field: "widgets", list: true, labels: []string{"its title"}, compile: c.group}
	}
	return special
}

// withSpecial adds ddmon's own blocks to the slots of the API's fields.
func (c *compiler) withSpecial(special map[string]*slot, plain slotLookup) slotLookup {
	return func(name string, at hcl.Range) *slot {
		if s := special[name]; s != nil {
			return s
		}
		if c.kind.Body.Fields[name] == nil {
			if meant := suggest.Closest(name, object.SortedKeys(special)); meant != "" {
				c.report.Error("unknown_field", "Unknown block", fmt.Sprintf("ddmon has no block %q here. Did you mean %q?", name, meant), at)
				return special[meant] // so that its content is checked and not reported as missing
			}
		}
		return plain(name, at)
	}
}

// named compiles a block whose label is its name.
func (c *compiler) named(list string) func(content) node {
	return func(in content) node {
		var t *kind.Type
		if f := c.kind.Body.Fields[list]; f != nil {
			t = f.Type.Elem
		}
		o := c.object(in, t, c.ofType(t, in.body))
		c.imply(o, "name", in.labels[0], in)
		return o
	}
}

// imply adds a field whose value is a block's label.
func (c *compiler) imply(o *objectNode, name string, value node, in content) {
	if a := in.body.Attributes[name]; a != nil {
		c.report.Error("block_and_attribute", "Field set twice", fmt.Sprintf("The block's label is already its %s. Remove the attribute.", name), a.NameRange)
		return
	}
	o.fields = append(o.fields, field{name, value})
}
