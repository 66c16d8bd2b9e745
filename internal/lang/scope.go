package lang

import (
	"slices"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"

	"ddmon/internal/diag"
	"ddmon/internal/root"
)

// Scope is what expressions see: names and functions. Scopes of one session may have different values for one name.
type Scope struct {
	*Session

	functions map[string]function.Function
	roots     map[string]Root
	words     []string // the roots' names in the order in which they were defined
	instead   map[string]string
}

// Root is what the first word of a reference leads to: var, local, monitor. Functions that are nil report nothing.
type Root struct {
	// Value returns what WORD.NAME is, where t is the whole reference. It is false, with the reason reported, if it is
	// nothing.
	Value func(t hcl.Traversal, name string) (cty.Value, bool)
	// HoldsID reports whether the value of a reference depends on the id of an object.
	HoldsID func(t hcl.Traversal) bool
	// IsOpen reports whether a reference is known to lead to nothing sensitive, without evaluating it.
	IsOpen func(t hcl.Traversal) bool
	// Instances returns the objects of a block with for_each, once that is evaluated; nil if WORD.NAME is another.
	// WORD is a kind of object if it is set.
	Instances func(name string) *Instances
}

// NewScope returns a scope without names. Its functions read files below the folder only.
func (n *Session) NewScope(folder *root.Root) *Scope {
	s := &Scope{Session: n, roots: map[string]Root{}, instead: map[string]string{}}
	s.functions = library{meter: n.Report.Meter, refs: n.Refs, secrets: n.Secrets, isOpen: s.isOpen}.functions(folder)
	return s
}

// Define says what references that begin with a word lead to.
func (s *Scope) Define(word string, r Root) {
	s.roots[word] = r
	s.words = append(s.words, word)
}

// Instead says what to write instead of references that begin with words of other languages.
func (s *Scope) Instead(of map[string]string) { s.instead = of }

func (s *Scope) isOpen(t hcl.Traversal) bool {
	r := s.roots[t.RootName()]
	return r.IsOpen != nil && r.IsOpen(t)
}

// Value evaluates an expression. It is false, with the reason reported, if that fails; the value then is unknown.
// An unknown value that stems from an error reported earlier is ok.
func (s *Scope) Value(x *Expression, inner Names) (cty.Value, bool) {
	if s.Report.Meter.Fault() != nil {
		return cty.DynamicVal, false
	}
	if !x.prepared {
		x.prepared, x.indexes = true, indexesIn(x.Expression)
		x.context = s.prepare(x)
	}
	if x.context == nil {
		return cty.DynamicVal, false
	}
	context := x.context
	if x.Varies {
		context = context.NewChild()
		context.Variables = inner
	}
	value, diags, fault := s.Report.Meter.Value(x.Expression, context)
	s.explain(x, diags)
	if fault == nil { // what follows looks at all of it
		if _, fault = s.Report.Meter.Measure(value); fault != nil {
			fault = fault.Place(x.Range())
		}
	}
	if fault != nil {
		s.Report.Limit(fault)
	}
	if fault != nil || diags.HasErrors() {
		return cty.DynamicVal, false
	}
	value = withChosen(x.Expression, x.indexes, value, context, s.again)
	if HasSensitive(value) {
		s.Secrets.learnParts(x.Expression, func(part hclsyntax.Expression) (cty.Value, bool) { return s.again(part, context) })
	}
	return value, true
}

// again evaluates a part of an expression once more, by itself. It is false if the part has no value by itself, or a
// limit is passed, which is reported.
func (s *Scope) again(part hclsyntax.Expression, context *hcl.EvalContext) (cty.Value, bool) {
	v, diags, fault := s.Report.Meter.Value(part, context)
	if fault != nil {
		s.Report.Limit(fault)
	}
	return v, fault == nil && !diags.HasErrors()
}

// prepare resolves what an expression mentions, and checks what can be checked without evaluating it.
func (s *Scope) prepare(x *Expression) *hcl.EvalContext {
	before := s.Report.Len()
	found := map[string]map[string]cty.Value{}
	for _, t := range x.Variables() {
		root := t.RootName()
		if x.isInner(root) {
			continue
		}
		name, value, ok := s.lookup(t, x.inner)
		if !ok {
			continue
		}
		if found[root] == nil {
			found[root] = map[string]cty.Value{}
		}
		found[root][name] = value
	}
	s.checkDecisions(x)
	if s.Report.HasErrorsSince(before) {
		return nil
	}
	context := &hcl.EvalContext{Variables: map[string]cty.Value{}, Functions: s.functions}
	for root, values := range found {
		context.Variables[root] = cty.ObjectVal(values)
	}
	return context
}

// lookup finds the value that a traversal begins with: that of its first two steps.
func (s *Scope) lookup(t hcl.Traversal, inner []string) (string, cty.Value, bool) {
	word := t.RootName()
	root, ok := s.roots[word]
	if !ok {
		s.unknownWord(t, inner)
		return "", cty.NilVal, false
	}
	var name string
	if len(t) > 1 {
		if step, ok := t[1].(hcl.TraverseAttr); ok {
			name = step.Name
		}
	}
	if name == "" {
		s.Report.Error("unknown_name", "Name missing", "Write "+word+".NAME with the name after a dot; a name cannot be computed.", t.SourceRange())
		return "", cty.NilVal, false
	}
	value, ok := root.Value(t, name)
	return name, value, ok
}

func (s *Scope) unknownWord(t hcl.Traversal, inner []string) {
	word := t.RootName()
	detail, ok := s.instead[word]
	if !ok {
		detail = "Nothing is called \"" + word + "\" here: a name begins with " + either(s.words) + "." +
			diag.DidYouMean(word, slices.Concat(s.words, inner)) + " Text has to stand in quotes."
	}
	s.Report.Error("unknown_name", "Unknown name", detail, t.SourceRange())
}
