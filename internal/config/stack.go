package config

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

func (l *loader) declareStack(b *hclsyntax.Block) {
	if l.stackDecl != nil {
		l.error("duplicate_stack", "More than one stack", fmt.Sprintf("A folder holds one stack; the first is at %s. Remove one of the two, or move it "+
			"into a folder of its own.", position(l.stackDecl.DefRange())), b.DefRange())
		return
	}
	l.stackDecl = b
}

// evaluateStack evaluates the stack block.
func (l *loader) evaluateStack() {
	if l.stackDecl == nil {
		if len(l.config) > 0 && !l.diags.HasErrors() {
			l.error("no_stack", "No stack block", "A stack needs a name, by which Datadog's objects are known to belong to it. Write into one of the files: "+
				"stack \"my-service\" {}", hcl.Range{})
		}
		return
	}
	b := l.stackDecl
	l.stack.Name, l.stack.Range = b.Labels[0], b.DefRange()
	l.onlyFields(b, []string{"tags"}, nil)
	a := b.Body.Attributes["tags"]
	if a == nil {
		return
	}
	value, ok := l.value(newExpression(a.Expr, nil), nil)
	if !ok || !value.IsWhollyKnown() {
		return
	}
	if hasReference(value) {
		l.unknownID(a.Expr.Range())
		return
	}
	l.stack.Tags = l.tags(value, a.Expr.Range())
}

func (l *loader) tags(value cty.Value, at hcl.Range) []string {
	if hasSensitive(value) {
		l.error("invalid_value", "Tags are sensitive", "The stack's tags go onto every monitor, where all can see them. Wrap what is not secret in nonsensitive().", at)
		return nil
	}
	var tags []string
	list, isList := (&conversion{refs: l.refs}).convert(value).([]any)
	for _, t := range list {
		s, isString := t.(string)
		if !isString {
			isList = false
			break
		}
		tags = append(tags, s)
	}
	if !isList && !value.IsNull() {
		l.error("wrong_type", "Wrong type of value", "tags is a list of strings, such as [\"team:orders\"].", at)
		return nil
	}
	return tags
}
