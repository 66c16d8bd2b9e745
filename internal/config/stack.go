package config

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/guide"
	"ddmon/internal/lang"
	"ddmon/internal/object"
)

// Stack is the desired state that the files describe.
type Stack struct {
	Name  string
	Tags  []string
	Range hcl.Range // of the stack block
	// Objects are sorted by address. They include the stack's tags and implied values, such as the threshold in a
	// query.
	Objects []*object.Object
	// Guides are sorted by name.
	Guides []*guide.Guide
	// Metrics are the declared metrics, sorted by name.
	Metrics []Metric
	// Files holds every file that was read, by the name that ranges use.
	Files map[string]*hcl.File
	// Sensitive maps each sensitive variable to the strings in its value, so that output can hide them wherever they
	// appear.
	Sensitive map[string][]string
	// Derived maps the names of sensitive variables to strings that were computed from their values, to hide them too.
	Derived map[string][]string
}

func newStack(files map[string]*hcl.File) *Stack {
	return &Stack{Files: files, Sensitive: map[string][]string{}, Derived: map[string][]string{}}
}

// stackBlock is the stack block; block is nil without one.
type stackBlock struct {
	scope *lang.Scope
	block *hclsyntax.Block
}

func (s *stackBlock) declare(b *hclsyntax.Block) {
	if s.block != nil {
		s.scope.Report.Error("duplicate_stack", "Duplicate stack block", fmt.Sprintf("A folder has one stack. The first stack block is at %s. Remove one of them, or move it "+
			"to a separate folder.", lang.Position(s.block.DefRange())), b.DefRange())
		return
	}
	s.block = b
}

// evaluate evaluates the stack block into the stack. A missing block is reported only if there are files.
func (s *stackBlock) evaluate(stack *Stack, hasFiles bool) {
	if s.block == nil {
		if hasFiles && !s.scope.Report.HasErrors() {
			s.scope.Report.Error("no_stack", "Missing stack block", "The stack's name identifies its objects in Datadog. Add to one of the files: "+
				"stack \"my-service\" {}", hcl.Range{})
		}
		return
	}
	b := s.block
	stack.Name, stack.Range = b.Labels[0], b.DefRange()
	s.scope.Report.CheckFields(b, stackType)
	a := b.Body.Attributes["tags"]
	if a == nil {
		return
	}
	value, ok := s.scope.Value(lang.NewExpression(a.Expr, nil), nil)
	if !ok || !value.IsWhollyKnown() {
		return
	}
	if lang.HasReference(value) {
		s.scope.UnknownID(a.Expr.Range())
		return
	}
	stack.Tags = s.tags(value, a.Expr.Range())
}

func (s *stackBlock) tags(value cty.Value, at hcl.Range) []string {
	if lang.HasSensitive(value) {
		s.scope.Report.Error("invalid_value", "Sensitive tags", "The stack's tags are added to its objects, where every Datadog user can see them. Wrap values that are not secret in nonsensitive().", at)
		return nil
	}
	var tags []string
	conversion := s.scope.Refs.Conversion()
	list, isList := conversion.Convert(value).([]any)
	for _, t := range list {
		tag, isString := t.(string)
		if !isString {
			isList = false
			break
		}
		tags = append(tags, tag)
	}
	if !isList && !value.IsNull() {
		s.scope.Report.Error("wrong_type", "Invalid type", "tags must be a list of strings, such as [\"team:orders\"].", at)
		return nil
	}
	return tags
}
