package config

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/lang"
)

// outside are the fields of a widget that are not its definition's.
var outside = []string{"layout", "id"}

// widget compiles widget "<type>" { ... }, the fields of whose definition stand in the block itself, beside layout
// and id.
func (c *compiler) widget(in content) node {
	widgetType, ok := c.widgetType(in)
	if !ok {
		return nil
	}
	t := c.kind.Widget(widgetType)
	if widgetType == "group" {
		c.report.Error("unexpected_block", "A group is a block of its own", "Write: group \"Title\" { widget ... }, without widget before it.", labelRange(in))
		return nil
	}
	if t == nil {
		at := labelRange(in)
		c.report.Error("unknown_widget", "Unknown type of widget", fmt.Sprintf("There is no widget %q.%s For a type newer than this version of ddmon, give the widgets "+
			"of the dashboard as an attribute: widgets = [...].", widgetType, diag.DidYouMean(widgetType, c.kind.WidgetTypes())), at)
		return nil
	}
	definition := c.object(in, t, c.withLayout(c.ofType(t, in.body)))
	c.imply(definition, "type", in.labels[0], in)
	return wrap(definition)
}

// widgetType returns the label, which has to be known to compile the block.
func (c *compiler) widgetType(in content) (string, bool) {
	switch label := in.labels[0].(type) {
	case constant:
		return label.value.(string), true
	case *attribute:
		if s, ok := lang.Literal(c.report.Meter, label.expr.Expression); ok {
			return s, true
		}
	}
	c.report.Error("invalid_dynamic", "Type of widget is computed", "The label of a dynamic widget, its type, has to be text without variables.", labelRange(in))
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

// group compiles group "Title" { ... }, which holds widgets.
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
			c.report.Error("unexpected_block", "Group inside of a group", "Datadog has no groups within groups. Move it out, beside the one it is in.", at)
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

// writesEmpty makes a list that dynamic blocks may leave without elements one that is written even so. It is false
// if the object does not have the field.
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

// withLayout is the place inside of a widget or group, where layout is the widget's and not its definition's.
func (c *compiler) withLayout(plain place) place {
	return func(name string, at hcl.Range) *slot {
		if name != "layout" {
			return plain(name, at)
		}
		t := typeOf(c.kind.Body.Fields["widgets"].Type.Elem.Field("layout", nil))
		return &slot{field: "layout", compile: func(in content) node { return c.object(in, t, c.ofType(t, in.body)) }}
	}
}

// wrap takes layout and id out of a definition and puts them beside it.
func wrap(definition *objectNode) *objectNode {
	whole := &objectNode{rng: definition.rng}
	inside := make([]field, 0, len(definition.fields))
	for _, f := range definition.fields {
		if f.name == outside[0] || f.name == outside[1] {
			whole.fields = append(whole.fields, f)
		} else {
			inside = append(inside, f)
		}
	}
	definition.fields = inside
	whole.fields = append(whole.fields, field{"definition", definition})
	return whole
}
