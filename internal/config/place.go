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

// ofType is the place inside of an object of a type: a field that is an object, or a list of objects, may be given by
// blocks. The body tells the variants of a union apart. Of a type of which nothing is known, a block that is repeated
// is a list.
func (c *compiler) ofType(t *kind.Type, body *hclsyntax.Body) place {
	var literals map[string]any
	return func(name string, at hcl.Range) *slot {
		if literals == nil {
			literals = literalStrings(c.report.Meter, body)
		}
		s := &slot{field: name}
		inner := typeOf(t.Field(name, literals))
		element := inner
		switch {
		case inner == nil || inner.Shape == kind.Any:
			s.list = countBlocks(body, name) > 1
		case objectLike(inner):
		case inner.Shape == kind.List && objectLike(inner.Elem):
			s.list, element = true, inner.Elem
		default:
			c.report.Error("unexpected_block", "Block for a plain field", fmt.Sprintf("%q is %s, so it is given by an attribute. Write: %s = ...", name, inner.Shape, name), at)
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

// countBlocks counts the blocks of a name; a dynamic one counts as several.
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

// literalStrings returns the attributes whose values are text without variables, as type = "slo".
func literalStrings(m *limit.Meter, body *hclsyntax.Body) map[string]any {
	found := map[string]any{}
	for name, a := range body.Attributes {
		if s, ok := lang.Literal(m, a.Expr); ok {
			found[name] = s
		}
	}
	return found
}

// own are the names in a monitor or dashboard block that are ddmon's and not the API's.
var own = []string{"for_each", jsonField}

// notHere are the names that such blocks have in Terraform.
var notHere = []string{"count", "depends_on", "provider"}

// elsewhere says what to do instead of what Terraform has.
func (c *compiler) elsewhere(body *hclsyntax.Body) {
	for _, name := range notHere {
		a := body.Attributes[name]
		if a == nil {
			continue
		}
		detail := "Remove it: there is one Datadog, chosen by DD_SITE and the keys."
		switch name {
		case "count":
			detail = "There is no count. Use for_each with a map or a set of keys, and each.key."
		case "depends_on":
			detail = "Remove it: the order follows from references such as monitor.NAME.id."
		}
		c.report.Error("unknown_field", "Field that only Terraform has", detail, a.NameRange)
	}
}

// root compiles a whole monitor or dashboard block.
func (c *compiler) root(b *block, inner []string) *objectNode {
	in := content{body: b.source.Body, inner: inner, at: b.source.DefRange()}
	plain := c.ofType(c.kind.Body, in.body)
	special := map[string]*slot{lifecycleBlock: {field: lifecycleBlock, compile: func(content) node { return nil }}}
	if len(c.kind.WidgetTypes()) > 0 {
		special["template_variable"] = &slot{field: "template_variables", list: true, labels: []string{"its name"}, compile: c.named("template_variables")}
		special["template_variable_preset"] = &slot{field: "template_variable_presets", list: true, labels: []string{"its name"}, compile: c.named("template_variable_presets")}
		special["widget"] = &slot{field: "widgets", list: true, labels: []string{"its type"}, compile: c.widget}
		special["group"] = &slot{field: "widgets", list: true, labels: []string{"its title"}, compile: c.group}
	}
	c.elsewhere(in.body)
	o := c.object(in, c.kind.Body, c.amongSpecial(special, plain), append(own, notHere...)...)
	o.writesEmpty("widgets")
	return o
}

// amongSpecial is a place with blocks of ddmon's own beside those of the API.
func (c *compiler) amongSpecial(special map[string]*slot, plain place) place {
	return func(name string, at hcl.Range) *slot {
		if s := special[name]; s != nil {
			return s
		}
		if c.kind.Body.Fields[name] == nil {
			if meant := suggest.Closest(name, object.SortedKeys(special)); meant != "" {
				c.report.Error("unknown_field", "Unknown block", fmt.Sprintf("There is no block %q here. Did you mean %q?", name, meant), at)
				return special[meant] // so that what it holds is checked, and not missed
			}
		}
		return plain(name, at)
	}
}

// named compiles a block whose label is the name of what it describes.
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

// imply adds a field that a block's label gives.
func (c *compiler) imply(o *objectNode, name string, value node, in content) {
	if a := in.body.Attributes[name]; a != nil {
		c.report.Error("block_and_attribute", "Field given twice", fmt.Sprintf("The block's label is its %s already. Remove the attribute.", name), a.NameRange)
		return
	}
	o.fields = append(o.fields, field{name, value})
}
