package config

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// expression is an expression with what it needs to be evaluated: the names around it that are its own (each, the
// iterators of dynamic blocks) and, once it has been evaluated for the first time, the context that holds exactly
// the variables, locals and objects it mentions. Instances of a for_each share that context.
type expression struct {
	hclsyntax.Expression
	inner    []string // names that the place of the expression defines
	varies   bool     // it mentions one of them
	prepared bool
	context  *hcl.EvalContext // nil after prepare if something in it does not exist
	indexes  []*hclsyntax.IndexExpr
}

// names are the values of an expression's inner names: "each" and iterators.
type names map[string]cty.Value

func (n names) with(name string, value cty.Value) names {
	longer := make(names, len(n)+1)
	maps.Copy(longer, n)
	longer[name] = value
	return longer
}

func newExpression(e hclsyntax.Expression, inner []string) *expression {
	x := &expression{Expression: quoted(e), inner: inner}
	if len(inner) > 0 {
		for _, t := range e.Variables() {
			x.varies = x.varies || x.isInner(t.RootName())
		}
	}
	return x
}

func (x *expression) isInner(name string) bool {
	for _, n := range x.inner {
		if n == name {
			return true
		}
	}
	return false
}

// value evaluates an expression. It is false, with the reason reported, if that fails; the value then is unknown.
// An unknown value that stems from an error reported earlier is ok.
func (l *loader) value(x *expression, inner names) (cty.Value, bool) {
	if l.meter.Fault() != nil {
		return cty.DynamicVal, false
	}
	if !x.prepared {
		x.prepared, x.indexes = true, indexesIn(x.Expression)
		x.context = l.prepare(x)
	}
	if x.context == nil {
		return cty.DynamicVal, false
	}
	context := x.context
	if x.varies {
		context = context.NewChild()
		context.Variables = inner
	}
	value, diags, fault := l.meter.Value(x.Expression, context)
	l.reportEvaluation(x, diags)
	if fault == nil { // what follows looks at all of it
		if _, fault = l.meter.Measure(value); fault != nil {
			fault = fault.Place(x.Range())
		}
	}
	if fault != nil {
		l.passed(fault)
	}
	if fault != nil || diags.HasErrors() {
		return cty.DynamicVal, false
	}
	value = l.chosen(x, value, context)
	if hasSensitive(value) {
		l.learnParts(x, context)
	}
	return value, true
}

// prepare resolves what an expression mentions, and checks what can be checked without evaluating it.
func (l *loader) prepare(x *expression) *hcl.EvalContext {
	before := len(l.diags)
	found := map[string]map[string]cty.Value{}
	for _, t := range x.Variables() {
		root := t.RootName()
		if x.isInner(root) {
			continue
		}
		name, value, ok := l.lookup(t, x.inner)
		if !ok {
			continue
		}
		if found[root] == nil {
			found[root] = map[string]cty.Value{}
		}
		found[root][name] = value
	}
	l.checkDecisions(x)
	if l.hasErrorsSince(before) {
		return nil
	}
	context := &hcl.EvalContext{Variables: map[string]cty.Value{}, Functions: l.functions}
	for root, values := range found {
		context.Variables[root] = cty.ObjectVal(values)
	}
	return context
}

func (l *loader) hasErrorsSince(n int) bool { return l.diags[n:].HasErrors() }

// lookup finds the value that a traversal begins with: the variable, local or block of its second step.
func (l *loader) lookup(t hcl.Traversal, inner []string) (string, cty.Value, bool) {
	root := t.RootName()
	switch {
	case root == "var" || root == "local" || kind.Named(root) != nil:
	default:
		l.unknownRoot(t, inner)
		return "", cty.NilVal, false
	}
	var name string
	if len(t) > 1 {
		if step, ok := t[1].(hcl.TraverseAttr); ok {
			name = step.Name
		}
	}
	if name == "" {
		l.error("unknown_name", "Name missing", "Write "+root+".NAME with the name after a dot; a name cannot be computed.", t.SourceRange())
		return "", cty.NilVal, false
	}
	switch root {
	case "var":
		if v := l.variables[name]; v != nil {
			return name, v.value, true
		}
		l.unknownName(t, "variable", name, namesLike(l.variables, name), "To declare it, write: variable \""+name+"\" {}.")
	case "local":
		if l.locals[name] != nil {
			return name, l.local(name, t.SourceRange()), true
		}
		l.unknownName(t, "local", name, namesLike(l.locals, name), "To define it, write: locals { "+name+" = ... }.")
	default:
		value, ok := l.reference(t, root, name)
		return name, value, ok
	}
	return "", cty.NilVal, false
}

// elsewhere says what to write instead of names that other languages of this family have.
var elsewhere = map[string]string{
	"each":      "each exists only in a block with for_each. Add for_each, or write the value itself.",
	"count":     "There is no count. Use for_each with a map or a set of keys, and each.key.",
	"self":      "There is no self. Put what is used twice into locals.",
	"path":      "There is no path. file() and templatefile() start at the stack's folder already.",
	"data":      "There are no data sources. Write the value, or pass it in as a variable.",
	"module":    "This version of ddmon does not support modules yet.",
	"terraform": "There is no terraform. Pass what depends on the environment in as a variable.",
}

func (l *loader) unknownRoot(t hcl.Traversal, inner []string) {
	root := t.RootName()
	detail, ok := elsewhere[root]
	if !ok {
		known := append([]string{"var", "local", "monitor", "dashboard"}, inner...)
		detail = "Nothing is called \"" + root + "\" here: a name begins with var, local, monitor or dashboard." +
			diag.DidYouMean(root, known) + " Text has to stand in quotes."
	}
	l.error("unknown_name", "Unknown name", detail, t.SourceRange())
}

func (l *loader) unknownName(t hcl.Traversal, what, name string, known []string, declare string) {
	l.error("unknown_name", "Unknown "+what, "There is no "+what+" \""+name+"\"."+diag.DidYouMean(name, known)+" "+declare, t.SourceRange())
}

// namesLike are the names that one may be a slip of. Of thousands they are those that begin as it does: to put all in order
// for each error would take long.
func namesLike[V any](all map[string]V, name string) []string {
	const few = 500
	if len(all) <= few {
		return object.SortedKeys(all)
	}
	var like []string
	for other := range all {
		if strings.HasPrefix(other, name[:len(name)/2]) {
			like = append(like, other)
		}
	}
	if len(like) > few {
		return nil
	}
	slices.Sort(like)
	return like
}
