package config

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/lang"
	"ddmon/internal/object"
)

// Stack is what the files want.
type Stack struct {
	Name  string
	Tags  []string
	Range hcl.Range // of the stack block
	// Objects are sorted by address. A monitor has the stack's tags and the threshold that its query implies.
	Objects []*object.Object
	// Metrics are what the stack says of metrics, sorted by name.
	Metrics []Metric
	// Files holds every file that was read, by the name that ranges use.
	Files map[string]*hcl.File
	// Sensitive holds, by the name of a sensitive variable, the texts that make up its value, so that output can
	// hide them wherever they turn up.
	Sensitive map[string][]string
	// Derived holds, by the names of the variables, texts that were computed from sensitive values, to the same end.
	Derived map[string][]string
}

func newStack(files map[string]*hcl.File) *Stack {
	return &Stack{Files: files, Sensitive: map[string][]string{}, Derived: map[string][]string{}}
}

// stackBlock is the stack block; its block is nil if there is none.
type stackBlock struct {
	scope *lang.Scope
	block *hclsyntax.Block
}

func (s *stackBlock) declare(b *hclsyntax.Block) {
	if s.block != nil {
		s.scope.Report.Error("duplicate_stack", "More than one stack", fmt.Sprintf("A folder holds one stack; the first is at %s. Remove one of the two, or move it "+
			"into a folder of its own.", lang.Position(s.block.DefRange())), b.DefRange())
		return
	}
	s.block = b
}

// evaluate evaluates the stack block into the stack. Without files, a missing one is not the problem.
func (s *stackBlock) evaluate(stack *Stack, hasFiles bool) {
	if s.block == nil {
		if hasFiles && !s.scope.Report.HasErrors() {
			s.scope.Report.Error("no_stack", "No stack block", "A stack needs a name, by which Datadog's objects are known to belong to it. Write into one of the files: "+
				"stack \"my-service\" {}", hcl.Range{})
		}
		return
	}
	b := s.block
	stack.Name, stack.Range = b.Labels[0], b.DefRange()
	s.scope.Report.CheckFields(b, []string{"tags"}, nil)
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
		s.scope.Report.Error("invalid_value", "Tags are sensitive", "The stack's tags go onto every monitor, where all can see them. Wrap what is not secret in nonsensitive().", at)
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
		s.scope.Report.Error("wrong_type", "Wrong type of value", "tags is a list of strings, such as [\"team:orders\"].", at)
		return nil
	}
	return tags
}
