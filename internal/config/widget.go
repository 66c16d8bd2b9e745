package config

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/lang"
)

// widgetFields are the fields of a widget outside its definition.
var widgetFields = []string{"layout", "id"}

// widget compiles widget "<type>" { ... }. The block contains the fields of the widget's definition in addition to
// layout and id.
func (c *compiler) widget(in content) node {
	widgetType, ok := c.widgetType(in)
	if !ok {
		return nil
	}
	t := c.kind.Widget(widgetType)
	if widgetType == "group" {
		c.report.Error("unexpected_block", "Group written as a widget", "Use a group block: group \"Title\" { widget ... }", labelRange(in))
		return nil
	}
	if t == nil {
		at := labelRange(in)
		c.report.Error("unknown_widget", "Unknown widget type", fmt.Sprintf("ddmon has no widget type %q.%s If the type is newer than this version of ddmon, write: "+
			"widgets = [{ definition = { extra = { type = %q, ... } } }].", widgetType, diag.DidYouMean(widgetType, c.kind.WidgetTypes()), widgetType), at)
		return nil
	}
	definition := c.object(in, t, c.withLayout(c.ofType(t, in.body)))
	c.imply(definition, "type", in.labels[0], in)
	return wrap(definition)
}

// widgetType returns the label, which must be known to compile the block.
func (c *compiler) widgetType(in content) (string, bool) {
	switch label := in.labels[0].(type) {
	case constant:
		return label.value.(string), true
	case *attribute:
		if s, ok := lang.Literal(c.report.Meter, label.expr.Expression); ok {
			return s, true
		}
	}
	c.report.Error("invalid_dynamic", "Computed widget type", "The label of a dynamic widget is its type. Write it as a literal string without variables.", labelRange(in))
	return "", false
}

func labelRange(in content) hcl.Range {
	switch label := in.labels[0].(type) {
	case constant:
		return label.rng
	case *attribute:
		return label.expr.Range()
	}
	return in.at
}

// group compiles group "Title" { ... }, which contains widgets.
func (c *compiler) group(in content) node {
	t := c.kind.Widget("group")
	special := map[string]*slot{
		"widget": {field: "widgets", list: true, labels: []string{"its type"}, compile: c.widget},
	}
	plain := c.withLayout(c.ofType(t, in.body))
	definition := c.object(in, t, func(name string, at hcl.Range) *slot {
		if s := special[name]; s != nil {
			return s
		}
		if name == "group" {
			c.report.Error("unexpected_block", "Group inside of a group", "Datadog does not support nested groups. Move the group out, next to the outer one.", at)
			return nil
		}
		return plain(name, at)
	})
	c.imply(definition, "title", in.labels[0], in)
	definition.fields = append(definition.fields, field{"type", constant{"group", in.at}})
	if in.body.Attributes["layout_type"] == nil {
		definition.fields = append(definition.fields, field{"layout_type", constant{"ordered", in.at}})
	}
	if !definition.writesEmpty("widgets") {
		definition.fields = append(definition.fields, field{"widgets", constant{[]any{}, in.at}})
	}
	return wrap(definition)
}

// writesEmpty makes a list field be written even if its dynamic blocks generate no elements. It is false if the object
// does not have the field.
func (o *objectNode) writesEmpty(name string) bool {
	for _, f := range o.fields {
		if f.name == name {
			if b, ok := f.value.(*blocks); ok {
				b.empty = true
			}
			return true
		}
	}
	return false
}

// withLayout returns the slots inside a widget or group, where layout belongs to the widget and not to its definition.
func (c *compiler) withLayout(plain slotLookup) slotLookup {
	return func(name string, at hcl.Range) *slot {
		if name != "layout" {
			return plain(name, at)
		}
		t := typeOf(c.kind.Body.Fields["widgets"].Type.Elem.Field("layout", nil))
		return &slot{field: "layout", compile: func(in content) node { return c.object(in, t, c.ofType(t, in.body)) }}
	}
}

// wrap moves layout and id out of a definition, next to it.
func wrap(definition *objectNode) *objectNode {
	whole := &objectNode{rng: definition.rng}
	inside := make([]field, 0, len(definition.fields))
	for _, f := range definition.fields {
		if f.name == widgetFields[0] || f.name == widgetFields[1] {
			whole.fields = append(whole.fields, f)
		} else {
			inside = append(inside, f)
		}
	}
	definition.fields = inside
	whole.fields = append(whole.fields, field{"definition", definition})
	return whole
}
