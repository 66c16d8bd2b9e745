package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/object"
)

// local is one attribute of a locals block. It is evaluated when it is first asked for.
type local struct {
	expr     *expression
	rng      hcl.Range
	resolved bool
	value    cty.Value
	// What is in the value, at any depth: ids of objects, sensitive values.
	holdsID, holdsSecret bool
}

func (l *loader) declareLocals(b *hclsyntax.Block) {
	for _, inner := range b.Body.Blocks {
		l.error("unexpected_block", "Block inside of locals", fmt.Sprintf("A locals block holds attributes only. Write: %s = { ... }", inner.Type), inner.DefRange())
	}
	for _, name := range object.SortedKeys(b.Body.Attributes) {
		a := b.Body.Attributes[name]
		if first, ok := l.locals[name]; ok {
			l.duplicate("local", name, first.rng, a.NameRange)
			continue
		}
		l.locals[name] = &local{expr: newExpression(a.Expr, nil), rng: a.NameRange}
	}
}

// local returns the value of a declared local; at is where it is asked for.
func (l *loader) local(name string, at hcl.Range) cty.Value {
	local := l.locals[name]
	if local.resolved {
		return local.value
	}
	if !l.enter("local."+name, at) {
		local.resolved, local.value = true, cty.DynamicVal
		return cty.DynamicVal
	}
	defer l.leave()
	value, _ := l.value(local.expr, nil)
	if !local.resolved { // a cycle through it resolved it to nothing
		local.resolved, local.value, local.holdsID = true, value, hasReference(value)
		local.holdsSecret = hasSensitive(value)
	}
	return local.value
}

// localOf returns the local that a traversal begins with, or nil.
func (l *loader) localOf(t hcl.Traversal) *local {
	if t.RootName() != "local" || len(t) < 2 {
		return nil
	}
	step, ok := t[1].(hcl.TraverseAttr)
	if !ok {
		return nil
	}
	return l.locals[step.Name]
}

// step is one link in the chain of what is being evaluated.
type step struct {
	name string
	at   hcl.Range // where it is asked for
}

// maxChain bounds how many locals may need each other in a row.
const maxChain = 1000

// enter notes that name is being evaluated. It is false, and the cycle reported, if it is already.
func (l *loader) enter(name string, at hcl.Range) bool {
	if len(l.resolving) >= maxChain {
		l.error(codeLimit, "Chain of references too long", fmt.Sprintf("%s is at the end of a chain of more than %d locals that need each other. Shorten the chain.",
			name, maxChain), at)
		return false
	}
	first := slices.IndexFunc(l.resolving, func(s step) bool { return s.name == name })
	if first < 0 {
		l.resolving = append(l.resolving, step{name, at})
		return true
	}
	var chain []string
	for _, s := range l.resolving[first:] {
		chain = append(chain, s.name)
	}
	l.error("reference_cycle", "Cycle of references", strings.Join(append(chain, name), " needs ")+". Break the circle: one of them has to be written "+
		"without the others.", at)
	return false
}

func (l *loader) leave() { l.resolving = l.resolving[:len(l.resolving)-1] }
