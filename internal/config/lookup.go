package config

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/kind"
	"ddmon/internal/lang"
	"ddmon/internal/object"
)

// root resolves references to objects of a kind.
func (o *objectBlocks) root(kindName string) lang.Root {
	return lang.Root{
		Value:   func(t hcl.Traversal, name string) (cty.Value, bool) { return o.reference(t, kindName, name) },
		HoldsID: func(hcl.Traversal) bool { return true },
		Instances: func(name string) *lang.Instances {
			b := o.byName[blockName{kindName, name}]
			if b == nil || b.instances == nil || !b.instances.Keyed {
				return nil
			}
			return b.instances
		},
	}
}

// reference checks a reference to an object and returns the value of its first two steps: an object with an id or, for
// a block with for_each, a map of such objects by key.
func (o *objectBlocks) reference(t hcl.Traversal, kindName, name string) (cty.Value, bool) {
	b := o.byName[blockName{kindName, name}]
	if b == nil {
		var known []string
		for other := range o.byName {
			if other.kindName == kindName {
				known = append(known, other.name)
			}
		}
		o.scope.Report.UnknownName(t, kindName, name, known, "Only objects of this stack can be referenced.")
		return cty.NilVal, false
	}
	in := o.instances(b, t.SourceRange())
	if in == nil {
		return cty.DynamicVal, true // its for_each is invalid, which is reported
	}
	address := kindName + "." + name
	rest := t[2:]
	if in.Keyed {
		if len(rest) == 0 || isIndex(rest[0]) || isSplat(rest[0]) {
			return o.ids(b), o.onlyID(t, rest, 1, address+`["KEY"]`)
		}
		o.scope.Report.Error("unknown_name", "Missing key", fmt.Sprintf("%s has for_each, so a reference needs a key. Write %s[\"KEY\"].id.%s",
			address, address, in.Examples()), t.SourceRange())
		return cty.NilVal, false
	}
	if len(rest) > 0 && isIndex(rest[0]) {
		o.scope.Report.Error("unknown_name", "Key on a single object", fmt.Sprintf("%s has no for_each, so it has no keys. Write %s.id.", address, address), t.SourceRange())
		return cty.NilVal, false
	}
	if len(rest) == 0 {
		o.scope.Report.Error("unknown_name", "Only the id can be referenced", fmt.Sprintf("%s is not a value by itself. Write %s.id.", address, address), t.SourceRange())
		return cty.NilVal, false
	}
	return cty.ObjectVal(map[string]cty.Value{"id": o.id(object.Address{Kind: kindName, Name: name})}), o.onlyID(t, rest, 0, address)
}

// id is the value of an object's id.
func (o *objectBlocks) id(a object.Address) cty.Value {
	k := kind.Named(a.Kind)
	return o.scope.Refs.ID(a, k != nil && k.Remote.ID.Number)
}

// onlyID checks that the step after an object, at rest[at], is its id. A traversal that ends earlier is part of a
// larger expression, which evaluation checks.
func (o *objectBlocks) onlyID(t, rest hcl.Traversal, at int, address string) bool {
	if len(rest) <= at {
		return true
	}
	step, ok := rest[at].(hcl.TraverseAttr)
	if ok && step.Name == "id" && len(rest) == at+1 {
		return true
	}
	o.scope.Report.Error("unknown_name", "Only the id can be referenced", fmt.Sprintf("The only attribute of another object is its id. Write %s.id. "+
		"Put a value that two objects share into locals.", address), t.SourceRange())
	return false
}

func isIndex(step hcl.Traverser) bool { _, ok := step.(hcl.TraverseIndex); return ok }

func isSplat(step hcl.Traverser) bool { _, ok := step.(hcl.TraverseSplat); return ok }

// ids returns the ids of a block with for_each as a map: {key = {id = ...}}.
func (o *objectBlocks) ids(b *block) cty.Value {
	if b.byKey != cty.NilVal {
		return b.byKey
	}
	if len(b.instances.Keys) == 0 {
		b.byKey = cty.MapValEmpty(cty.Object(map[string]cty.Type{"id": cty.String}))
		return b.byKey
	}
	all := make(map[string]cty.Value, len(b.instances.Keys))
	for _, key := range b.instances.Keys {
		a := object.Address{Kind: b.kindName, Name: b.name, Key: key, Keyed: true}
		all[key] = cty.ObjectVal(map[string]cty.Value{"id": o.id(a)})
	}
	b.byKey = cty.MapVal(all)
	return b.byKey
}
