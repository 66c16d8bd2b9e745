package object

import (
	"fmt"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// moduleRoot is the first word of every step of a module path, as in Terraform.
const moduleRoot = "module"

// Module is the path of a module from the root module, in the format of a reference in HCL:
// module.shipping["eu"].module.queue. Child and Instance create paths; "" is the root module.
type Module string

// ModuleStep is a module call in a path: the label of its block, and the key if the block has for_each.
type ModuleStep struct {
	Name  string
	Key   string
	Keyed bool
}

// Child is the module of a block module "NAME" in this module.
func (m Module) Child(name string) Module { return m.child(ModuleStep{Name: name}) }

// Instance is the module of a block module "NAME" with for_each in this module, for one key.
func (m Module) Instance(name, key string) Module {
	return m.child(ModuleStep{Name: name, Key: key, Keyed: true})
}

// ParseModule parses the path of a module; "" is the root module.
func ParseModule(s string) (Module, error) {
	if s == "" {
		return "", nil
	}
	if traversal, err := parseTraversal(s); err == nil {
		if m, _, rest := moduleOf(traversal); m != "" && len(rest) == 0 {
			return m, nil
		}
	}
	return "", fmt.Errorf("%q is not a valid module path: use module.NAME or module.NAME[\"KEY\"]", s)
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

// Steps returns the module calls from the root module to this module.
func (m Module) Steps() []ModuleStep {
	if m == "" {
		return nil
	}
	traversal, err := parseTraversal(string(m))
	if err != nil {
		return nil // unreachable: only child creates paths, and they are valid
	}
	_, steps, _ := moduleOf(traversal)
	return steps
}

// covers reports whether other is the module or inside it. A last step without a key includes all instances.
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

// Compare orders paths by their steps, a module before the modules inside it.
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

// moduleOf splits a traversal into the module path and the rest. After a path, the rest begins with an attribute
// instead of a root.
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

// rootName is the name of the first step of a reference or of its first step after a module path, or "".
func rootName(t hcl.Traverser) string {
	switch t := t.(type) {
	case hcl.TraverseRoot:
		return t.Name
	case hcl.TraverseAttr:
		return t.Name
	}
	return ""
}

// keyOf returns the for_each key at the start of a traversal.
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
