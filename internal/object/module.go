package object

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// moduleRoot begins every step of a module path, as in Terraform.
const moduleRoot = "module"

// Module is the path of a module from the root of the stack, as a reference in HCL would be written:
// module.shipping["eu"].module.queue. Child and Instance write it; "" is the root itself.
type Module string

// ModuleStep is a call of a module in a path: the label of its block, and the key if the block has for_each.
type ModuleStep struct {
	Name  string
	Key   string
	Keyed bool
}

// Child is the module that a block module "NAME" of this one calls.
func (m Module) Child(name string) Module { return m.child(ModuleStep{Name: name}) }

// Instance is the module that a block module "NAME" of this one calls for one key of its for_each.
func (m Module) Instance(name, key string) Module {
	return m.child(ModuleStep{Name: name, Key: key, Keyed: true})
}

// ParseModule reads the path of a module as a person writes it; "" is the root.
func ParseModule(s string) (Module, error) {
	if s == "" {
		return "", nil
	}
	if traversal, err := parseTraversal(s); err == nil {
		if m, _, rest := moduleOf(traversal); m != "" && len(rest) == 0 {
			return m, nil
		}
	}
	return "", fmt.Errorf("%q is not a module: write module.NAME or module.NAME[\"KEY\"]", s)
}

func (m Module) child(step ModuleStep) Module {
	path := moduleRoot + "." + step.Name
	if step.Keyed {
		path += "[" + quoteHCL(step.Key) + "]"
	}
	if m != "" {
		path = string(m) + "." + path
	}
	return Module(path)
}

// Steps are the calls that lead from the root to the module, in that order.
func (m Module) Steps() []ModuleStep {
	if m == "" {
		return nil
	}
	traversal, err := parseTraversal(string(m))
	if err != nil {
		return nil // only child writes paths, and it writes none that does not parse
	}
	_, steps, _ := moduleOf(traversal)
	return steps
}

// covers reports whether other is the module or one that it calls. A last step without key means every instance.
func (m Module) covers(other Module) bool {
	steps, of := m.Steps(), other.Steps()
	if len(of) < len(steps) {
		return false
	}
	for i, step := range steps {
		if step != of[i] && (i < len(steps)-1 || step.Keyed || step.Name != of[i].Name) {
			return false
		}
	}
	return true
}

// Compare orders paths by their steps, a module before those that it calls.
func (m Module) Compare(other Module) int {
	if m == other {
		return 0
	}
	a, b := m.Steps(), other.Steps()
	for i := range min(len(a), len(b)) {
		if c := strings.Compare(a[i].Name, b[i].Name); c != 0 {
			return c
		}
		if c := compareKeys(a[i].Key, a[i].Keyed, b[i].Key, b[i].Keyed); c != 0 {
			return c
		}
	}
	return len(a) - len(b)
}

// moduleOf takes the module path off the front of a traversal and returns what follows it, with its root as an
// attribute where a path came before it.
func moduleOf(t hcl.Traversal) (m Module, steps []ModuleStep, rest hcl.Traversal) {
	for rest = t; len(rest) >= 2 && rootName(rest[0]) == moduleRoot; {
		name, ok := rest[1].(hcl.TraverseAttr)
		if !ok {
			break
		}
		step := ModuleStep{Name: name.Name}
		rest = rest[2:]
		if key, ok := keyOf(rest); ok {
			step.Key, step.Keyed = key, true
			rest = rest[1:]
		}
		m, steps = m.child(step), append(steps, step)
	}
	return m, steps, rest
}

// rootName is the name of a step that begins a reference or continues it after a module's path, or "".
func rootName(t hcl.Traverser) string {
	switch t := t.(type) {
	case hcl.TraverseRoot:
		return t.Name
	case hcl.TraverseAttr:
		return t.Name
	}
	return ""
}

// keyOf is the for_each key with which a traversal begins.
func keyOf(t hcl.Traversal) (string, bool) {
	if len(t) == 0 {
		return "", false
	}
	index, ok := t[0].(hcl.TraverseIndex)
	if !ok || index.Key.Type() != cty.String || !index.Key.IsKnown() || index.Key.IsNull() {
		return "", false
	}
	return index.Key.AsString(), true
}

func compareKeys(a string, keyedA bool, b string, keyedB bool) int {
	switch {
	case keyedA == keyedB:
		return strings.Compare(a, b)
	case keyedA:
		return 1
	}
	return -1
}
