package config

import (
	"fmt"
	"math/big"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/object"
)

// instances are the objects that a block stands for.
type instances struct {
	keyed  bool // the block has for_each
	keys   []string
	values []cty.Value // each.value, by the index of its key
	byKey  cty.Value   // what a reference to the block as a whole yields; made when it is first asked for
}

// references returns a map of the objects' ids, {key = {id = ...}}.
func (in *instances) references(b *block, refs *references) cty.Value {
	if in.byKey != cty.NilVal {
		return in.byKey
	}
	if len(in.keys) == 0 {
		in.byKey = cty.MapValEmpty(cty.Object(map[string]cty.Type{"id": cty.String}))
		return in.byKey
	}
	all := make(map[string]cty.Value, len(in.keys))
	for _, key := range in.keys {
		a := object.Address{Kind: b.kindName, Name: b.name, Key: key, Keyed: true}
		all[key] = cty.ObjectVal(map[string]cty.Value{"id": refs.id(a)})
	}
	in.byKey = cty.MapVal(all)
	return in.byKey
}

// instancesOf evaluates a block's for_each; nil if it is wrong. at is where the block is asked for.
func (l *loader) instancesOf(b *block, at hcl.Range) *instances {
	if b.resolved {
		return b.instances
	}
	a := b.source.Body.Attributes["for_each"]
	if a == nil {
		b.resolved, b.instances = true, &instances{keys: []string{""}, values: []cty.Value{cty.NilVal}}
		return b.instances
	}
	if !l.enter("for_each of "+b.kindName+"."+b.name, at) {
		b.resolved = true
		return nil
	}
	defer l.leave()
	value, ok := l.value(newExpression(a.Expr, nil), nil)
	if ok && !b.resolved {
		b.instances = l.forEach(value, a.Expr.Range())
	}
	b.resolved = true
	return b.instances
}

// forEach reads the keys and values of a block's for_each: a map, or a set of strings.
func (l *loader) forEach(value cty.Value, at hcl.Range) *instances {
	// A mark on the map itself concerns its keys; one on a value goes where each.value goes. A set has no marks inside.
	value, marks := value.Unmark()
	for m := range marks {
		if _, ref := m.(refMark); ref {
			l.error("unknown_id", unknownIDSummary, "for_each depends on an id that is not known before the object exists. Make its keys of values written in "+
				"the configuration, and use the id inside the block.", at)
		} else {
			l.error("invalid_for_each", "for_each is sensitive", "The keys of for_each become part of addresses, which are shown. Derive them from a value that "+
				"is not sensitive, or wrap it in nonsensitive().", at)
		}
		return nil
	}
	t := value.Type()
	switch {
	case !value.IsKnown():
		return nil
	case value.IsNull():
		l.error("invalid_for_each", "for_each is null", "for_each needs a map or a set of strings; {} and toset([]) make no object.", at)
		return nil
	case t.IsMapType() || t.IsObjectType():
	case t.IsSetType() && (t.ElementType() == cty.String || value.LengthInt() == 0):
	default:
		l.error("invalid_for_each", "for_each needs a map or set", fmt.Sprintf("for_each is a %s. Give it a map, such as { a = 1, b = 2 }, or a set of strings, "+
			"such as toset([\"a\", \"b\"]).", t.FriendlyName()), at)
		return nil
	}
	in := &instances{keyed: true}
	for it := value.ElementIterator(); it.Next(); {
		key, element := it.Element()
		if key.IsNull() || !key.IsKnown() {
			l.error("invalid_for_each", "Key of for_each is null", "A key of for_each is null. Leave it out with compact() or a condition in a for expression.", at)
			return nil
		}
		in.keys = append(in.keys, key.AsString())
		in.values = append(in.values, small(element))
	}
	return in
}

// small returns a whole number with no more bits than it needs. HCL reads numbers with 512, which makes writing one
// into a text, as most for_each do many times, the most expensive thing about an instance.
func small(v cty.Value) cty.Value {
	if v.IsMarked() || v.Type() != cty.Number || !v.IsKnown() || v.IsNull() {
		return v
	}
	if i, accuracy := v.AsBigFloat().Int64(); accuracy == big.Exact {
		return cty.NumberIntVal(i)
	}
	return v
}

// each is what the block's expressions see of the instance with index i.
func (in *instances) each(i int) names {
	if !in.keyed {
		return nil
	}
	key := cty.StringVal(in.keys[i])
	if !in.values[i].IsKnown() { // nothing is known of the instance
		key = cty.UnknownVal(cty.String)
	}
	return names{"each": cty.ObjectVal(map[string]cty.Value{"key": key, "value": in.values[i]})}
}
