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

// Scope defines the names and functions that expressions can use. Scopes of one session can have different values for
// the same name.
type Scope struct {
	*Session

	functions map[string]function.Function
	roots     map[string]Root
	words     []string // the names of the roots in the order of their definition
	advice    map[string]string
}

// Root resolves references with the same first word: var, local, monitor. All functions except Value can be nil.
type Root struct {
	// Value returns the value of WORD.NAME, where t is the whole reference. If it does not exist, Value reports that
	// and returns false.
	Value func(t hcl.Traversal, name string) (cty.Value, bool)
	// HoldsID reports whether the value of a reference depends on the id of an object.
	HoldsID func(t hcl.Traversal) bool
	// IsOpen reports whether the value of a reference is known not to be sensitive, without evaluating it.
	IsOpen func(t hcl.Traversal) bool
	// Instances returns the instances of a block whose for_each has been evaluated; nil for other names. Only kinds of
	// objects set it.
	Instances func(name string) *Instances
}

// NewScope returns a scope without names. Its functions can read files below the folder only.
func (n *Session) NewScope(folder *root.Root) *Scope {
	s := &Scope{Session: n, roots: map[string]Root{}, advice: map[string]string{}}
	s.functions = library{meter: n.Report.Meter, refs: n.Refs, secrets: n.Secrets, isOpen: s.isOpen}.functions(folder)
	return s
}

// Define sets the root for references that begin with a word.
func (s *Scope) Define(word string, r Root) {
	s.roots[word] = r
	s.words = append(s.words, word)
}

// Advise sets messages for references that begin with unsupported words, such as Terraform's: they say what to write
// instead.
func (s *Scope) Advise(advice map[string]string) { s.advice = advice }

func (s *Scope) isOpen(t hcl.Traversal) bool {
	r := s.roots[t.RootName()]
	return r.IsOpen != nil && r.IsOpen(t)
}

// Value evaluates an expression. If that fails, it reports why and returns an unknown value and false. An unknown value
// caused by an error that was reported earlier is ok.
func (s *Scope) Value(x *Expression, inner Names) (cty.Value, bool) {
	if s.Report.Meter.Err() != nil {
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
	if fault == nil { // the code below iterates over all of it
		if _, fault = s.Report.Meter.Measure(value); fault != nil {
			fault = fault.WithRange(x.Range())
		}
	}
	if fault != nil {
		s.Report.Limit(fault)
	}
	if fault != nil || diags.HasErrors() {
		return cty.DynamicVal, false
	}
	value = withIndexMarks(x.Expression, x.indexes, value, context, s.again)
	if HasSensitive(value) {
		s.Secrets.learnParts(x.Expression, func(part hclsyntax.Expression) (cty.Value, bool) { return s.again(part, context) })
	}
	return value, true
}

// again evaluates a part of an expression once more, by itself. It is false if that fails or exceeds a limit, which is
// reported.
func (s *Scope) again(part hclsyntax.Expression, context *hcl.EvalContext) (cty.Value, bool) {
	v, diags, fault := s.Report.Meter.Value(part, context)
	if fault != nil {
		s.Report.Limit(fault)
	}
	return v, fault == nil && !diags.HasErrors()
}

// prepare resolves the references of an expression and checks what can be checked without evaluating it.
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

// lookup returns the value of the first two steps of a traversal.
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
		s.Report.Error("unknown_name", "Missing name", "Write "+word+".NAME with a literal name after the dot. The name cannot be computed.", t.SourceRange())
		return "", cty.NilVal, false
	}
	value, ok := root.Value(t, name)
	return name, value, ok
}

func (s *Scope) unknownWord(t hcl.Traversal, inner []string) {
	word := t.RootName()
	detail, ok := s.advice[word]
	if !ok {
		detail = "\"" + word + "\" is not defined here. References begin with " + orList(s.words) + "." +
			diag.DidYouMean(word, slices.Concat(s.words, inner)) + " Write strings in quotes."
	}
	s.Report.Error("unknown_name", "Unknown name", detail, t.SourceRange())
}
