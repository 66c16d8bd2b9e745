package lang

import (
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/object"
)

// Locals are named expressions. Each is evaluated on first use.
type Locals struct {
	scope  *Scope
	byName map[string]*local
}

type local struct {
	expr     *Expression
	rng      hcl.Range
	resolved bool
	value    cty.Value
	// Whether the value contains ids of objects or sensitive values, at any depth.
	holdsID, holdsSecret bool
}

// NewLocals returns an empty set of locals, whose expressions are evaluated in the scope.
func NewLocals(s *Scope) *Locals { return &Locals{s, map[string]*local{}} }

// Add defines a local; at is the position of its name. If the name is already defined, Add returns false and the
// position of the first definition.
func (l *Locals) Add(name string, e hclsyntax.Expression, at hcl.Range) (first hcl.Range, ok bool) {
	if known := l.byName[name]; known != nil {
		return known.rng, false
	}
	l.byName[name] = &local{expr: NewExpression(e, nil), rng: at}
	return hcl.Range{}, true
}

// EvaluateAll evaluates the locals that nothing has referred to, to report errors in them.
func (l *Locals) EvaluateAll() {
	for _, name := range object.SortedKeys(l.byName) {
		l.value(name, hcl.Range{})
	}
}

// Root resolves references to locals: local.NAME.
func (l *Locals) Root() Root {
	return Root{
		Value: func(t hcl.Traversal, name string) (cty.Value, bool) {
			if l.byName[name] == nil {
				l.scope.Report.UnknownName(t, "local", name, NamesLike(l.byName, name), "To define it, add: locals { "+name+" = ... }.")
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

// value returns the value of a local that exists; at is the position of the reference to it.
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
	if !local.resolved { // else a cycle has resolved it as unknown
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

// holdsID reports whether the value of a traversal contains an id. One part of a local can contain an id while others
// do not.
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
