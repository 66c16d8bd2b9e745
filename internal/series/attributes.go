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

// text reads an attribute that is a string. It is false if there is none, or none that is valid.
func (l *loader) text(content *hcl.BodyContent, name string) (string, hcl.Range, bool) {
	attribute, ok := content.Attributes[name]
	if !ok {
		return "", hcl.Range{}, false
	}
	text, ok := l.stringOf(attribute.Expr, name)
	return text, attribute.Expr.Range(), ok
}

// constant evaluates an expression: a recording is data, without variables and functions.
func (l *loader) constant(expr hcl.Expression) (cty.Value, bool) {
	native, ok := expr.(hclsyntax.Expression)
	if !ok {
		return cty.DynamicVal, false
	}
	value, diags, fault := l.meter.Value(native, nil)
	l.diags = append(l.diags, diags...)
	if fault == nil {
		fault = l.meter.Judge(value)
	}
	if fault != nil {
		l.limit(fault)
	}
	return value, fault == nil && !diags.HasErrors()
}

func (l *loader) stringOf(expr hcl.Expression, name string) (string, bool) {
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
		l.fail("Too many tags", fmt.Sprintf("There are %d tags, and at most %d are read (limit MaxTags). Keep those that monitors filter on or group by.", len(items), MaxTags), attribute.Expr.Range())
		return nil
	}
	tags := make([]string, 0, len(items))
	for _, item := range items {
		tag, ok := l.stringOf(item, "A tag")
		if !ok {
			continue
		}
		if err := checkTag(tag, tags); err != nil {
			l.fail("Invalid tag", err.Error(), item.Range())
			continue
		}
		tags = append(tags, tag)
	}
	return tags
}

// checkTag judges a tag after those before it.
func checkTag(tag string, before []string) error {
	key, value, ok := strings.Cut(tag, ":")
	switch {
	case !ok || key == "" || value == "":
		return fmt.Errorf("%q is not key:value, such as kube_namespace:sock-shop: add what is missing", short(tag))
	case strings.ContainsAny(tag, " \t\r\n,"):
		return fmt.Errorf("%q holds a blank or comma, which Datadog's tags never do: write _ in its place, or several tags", short(tag))
	case slices.Contains(before, tag):
		return fmt.Errorf("%q stands there twice: remove one", short(tag))
	}
	return nil
}

// interval reads the attribute of that name; 0 if there is none.
func (l *loader) interval(content *hcl.BodyContent) (time.Duration, bool) {
	text, at, ok := l.text(content, "interval")
	if !ok {
		return 0, content.Attributes["interval"] == nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d < time.Second || d > MaxInterval || d%time.Millisecond != 0 {
		l.fail("Invalid interval", fmt.Sprintf("%q is not a duration from 1s to 24h, such as 15s: the time from one sample to the next.", short(text)), at)
		return 0, false
	}
	return d, true
}

func sortedNames(attributes hcl.Attributes) []string { return slices.Sorted(maps.Keys(attributes)) }
