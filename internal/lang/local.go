package lang

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/object"
)

// Locals are named expressions, each of which is evaluated when it is first asked for.
type Locals struct {
	scope  *Scope
	byName map[string]*local
}

type local struct {
	expr     *Expression
	rng      hcl.Range
	resolved bool
	value    cty.Value
	// What is in the value, at any depth: ids of objects, sensitive values.
	holdsID, holdsSecret bool
}

// NewLocals returns locals without any, for expressions that are evaluated in the scope.
func NewLocals(s *Scope) *Locals { return &Locals{s, map[string]*local{}} }

// Add defines a local, the name of which is written at a place. It is false, with the place of the first one, if there
// is one of that name.
func (l *Locals) Add(name string, e hclsyntax.Expression, at hcl.Range) (first hcl.Range, ok bool) {
	if known := l.byName[name]; known != nil {
		return known.rng, false
	}
	l.byName[name] = &local{expr: NewExpression(e, nil), rng: at}
	return hcl.Range{}, true
}

// EvaluateAll evaluates those that nothing asked for yet, to find what is wrong with them.
func (l *Locals) EvaluateAll() {
	for _, name := range object.SortedKeys(l.byName) {
		l.value(name, hcl.Range{})
	}
}

// Root returns what the word local leads to.
func (l *Locals) Root() Root {
	return Root{
		Value: func(t hcl.Traversal, name string) (cty.Value, bool) {
			if l.byName[name] == nil {
				l.scope.Report.UnknownName(t, "local", name, NamesLike(l.byName, name), "To define it, write: locals { "+name+" = ... }.")
				return cty.NilVal, false
			}
			return l.value(name, t.SourceRange()), true
		},
		HoldsID: l.holdsID,
		IsOpen: func(t hcl.Traversal) bool {
			known := l.of(t)
			return known != nil && known.resolved && !known.holdsSecret
		},
	}
}

// value returns the value of a local that exists; at is where it is asked for.
func (l *Locals) value(name string, at hcl.Range) cty.Value {
	local := l.byName[name]
	if local.resolved {
		return local.value
	}
	if !l.scope.Chain.Enter("local."+name, at) {
		local.resolved, local.value = true, cty.DynamicVal
		return cty.DynamicVal
	}
	defer l.scope.Chain.Leave()
	value, _ := l.scope.Value(local.expr, nil)
	if !local.resolved { // a cycle through it resolved it to nothing
		local.resolved, local.value, local.holdsID = true, value, HasReference(value)
		local.holdsSecret = HasSensitive(value)
	}
	return local.value
}

// of returns the local that a traversal begins with, or nil.
func (l *Locals) of(t hcl.Traversal) *local {
	if len(t) < 2 {
		return nil
	}
	step, ok := t[1].(hcl.TraverseAttr)
	if !ok {
		return nil
	}
	return l.byName[step.Name]
}

// holdsID reports whether a traversal leads to an id, which may be in one part of a local but not in another.
func (l *Locals) holdsID(t hcl.Traversal) bool {
	of := l.of(t)
	if of == nil {
		return false
	}
	whole := l.value(t[1].(hcl.TraverseAttr).Name, t.SourceRange())
	if len(t) == 2 || !of.holdsID {
		return of.holdsID
	}
	value, diags := t[2:].TraverseRel(whole)
	if _, fault := l.scope.Report.Meter.Measure(value); fault != nil {
		return true // the meter ends the evaluation
	}
	return !diags.HasErrors() && HasReference(value)
}
