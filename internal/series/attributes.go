package series

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

// stringAttribute reads a string attribute. It returns false if the attribute is not set or invalid.
func (l *loader) stringAttribute(content *hcl.BodyContent, name string) (string, hcl.Range, bool) {
	attribute, ok := content.Attributes[name]
	if !ok {
		return "", hcl.Range{}, false
	}
	text, ok := l.stringValue(attribute.Expr, name)
	return text, attribute.Expr.Range(), ok
}

// constant evaluates an expression. A recording is data: it has no variables or functions.
func (l *loader) constant(expr hcl.Expression) (cty.Value, bool) {
	native, ok := expr.(hclsyntax.Expression)
	if !ok {
		return cty.DynamicVal, false
	}
	value, diags, limitErr := l.meter.Value(native, nil)
	l.diags = append(l.diags, diags...)
	if limitErr == nil {
		limitErr = l.meter.CheckValue(value)
	}
	if limitErr != nil {
		l.limitExceeded(limitErr)
	}
	return value, limitErr == nil && !diags.HasErrors()
}

func (l *loader) stringValue(expr hcl.Expression, name string) (string, bool) {
	value, ok := l.constant(expr)
	if !ok {
		return "", false
	}
	if value.IsNull() || value.Type() != cty.String {
		l.fail("Invalid attribute", fmt.Sprintf("%s must be a string. Put it in quotes.", name), expr.Range())
		return "", false
	}
	return value.AsString(), true
}

// tags reads a list of key:value, in the order of the file.
func (l *loader) tags(content *hcl.BodyContent) []string {
	attribute, ok := content.Attributes["tags"]
	if !ok {
		return nil
	}
	items, diags := hcl.ExprList(attribute.Expr)
	if l.diags = append(l.diags, diags...); diags.HasErrors() {
		return nil
	}
	if len(items) > MaxTags {
		l.fail("Too many tags", fmt.Sprintf("The list has %d tags; the limit is %d (MaxTags). Keep the tags that monitors filter or group by.", len(items), MaxTags), attribute.Expr.Range())
		return nil
	}
	tags := make([]string, 0, len(items))
	for _, item := range items {
		tag, ok := l.stringValue(item, "A tag")
		if !ok {
			continue
		}
		if err := checkTag(tag, tags); err != nil {
			l.fail("Invalid tag", err.Error(), item.Range())
		}
		tags = append(tags, tag)
	}
	return tags
}

// checkTag checks a tag. before has the tags that precede it.
func checkTag(tag string, before []string) error {
	key, value, ok := strings.Cut(tag, ":")
	switch {
	case !ok || key == "" || value == "":
		return fmt.Errorf("%q is not a valid tag: write key:value, such as kube_namespace:sock-shop", truncate(tag))
	case strings.ContainsAny(tag, " \t\r\n,"):
		return fmt.Errorf("%q contains white space or a comma, which Datadog tags cannot contain: use _ instead, or write several tags", truncate(tag))
	case slices.Contains(before, tag):
		return fmt.Errorf("%q is a duplicate tag: remove one of them", truncate(tag))
	}
	return nil
}

// interval reads the attribute interval. It returns 0 if the attribute is not set.
func (l *loader) interval(content *hcl.BodyContent) (time.Duration, bool) {
	text, at, ok := l.stringAttribute(content, "interval")
	if !ok {
		return 0, content.Attributes["interval"] == nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < time.Second || d > MaxInterval || d%time.Millisecond != 0 {
		l.fail("Invalid interval", fmt.Sprintf("%q is not a valid interval. Write the time between two samples, from 1s to 24h, such as 15s.", truncate(text)), at)
		return 0, false
	}
	return d, true
}

func sortedNames(attributes hcl.Attributes) []string { return slices.Sorted(maps.Keys(attributes)) }
