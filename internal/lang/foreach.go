package lang

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// Instances are what a block makes: one object or test or, with for_each, one for each key.
type Instances struct {
	Keyed  bool // the block has for_each
	Keys   []string
	Values []cty.Value // each.value, by the index of its key
}

// SingleInstance is what a block without for_each makes.
func SingleInstance() *Instances {
	return &Instances{Keys: []string{""}, Values: []cty.Value{cty.NilVal}}
}

// UnknownInstances takes the place of instances where for_each is wrong or empty, so that the block can be checked with
// nothing known of each.
func UnknownInstances() *Instances {
	return &Instances{Keyed: true, Keys: []string{"?"}, Values: []cty.Value{cty.DynamicVal}}
}

// ForEach reads the keys and values of a block's for_each: a map, or a set of strings. It is nil, with the reason
// reported, if the value is something else.
func ForEach(value cty.Value, report *Reporter, at hcl.Range) *Instances {
	// A mark on the map itself concerns its keys; one on a value goes where each.value goes. A set has no marks inside.
	value, marks := value.Unmark()
	for m := range marks {
		if _, ref := m.(refMark); ref {
			report.Error("unknown_id", unknownIDSummary, "for_each depends on an id that is not known before the object exists. Make its keys of values written in "+
				"the configuration, and use the id inside the block.", at)
		} else {
			report.Error("invalid_for_each", "for_each is sensitive", "The keys of for_each become part of addresses, which are shown. Derive them from a value that "+
				"is not sensitive, or wrap it in nonsensitive().", at)
		}
		return nil
	}
	t := value.Type()
	switch {
	case !value.IsKnown():
		return nil
	case value.IsNull():
		report.Error("invalid_for_each", "for_each is null", "for_each needs a map or a set of strings; {} and toset([]) make no object.", at)
		return nil
	case t.IsMapType() || t.IsObjectType():
	case t.IsSetType() && (t.ElementType() == cty.String || value.LengthInt() == 0):
	default:
		report.Error("invalid_for_each", "for_each needs a map or set", fmt.Sprintf("for_each is a %s. Give it a map, such as { a = 1, b = 2 }, or a set of strings, "+
			"such as toset([\"a\", \"b\"]).", t.FriendlyName()), at)
		return nil
	}
	in := &Instances{Keyed: true}
	for it := value.ElementIterator(); it.Next(); {
		key, element := it.Element()
		if key.IsNull() || !key.IsKnown() {
			report.Error("invalid_for_each", "Key of for_each is null", "A key of for_each is null. Leave it out with compact() or a condition in a for expression.", at)
			return nil
		}
		in.Keys = append(in.Keys, key.AsString())
		in.Values = append(in.Values, small(element))
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

// Each is what the block's expressions see of the instance with index i.
func (in *Instances) Each(i int) Names {
	if !in.Keyed {
		return nil
	}
	key := cty.StringVal(in.Keys[i])
	if !in.Values[i].IsKnown() { // nothing is known of the instance
		key = cty.UnknownVal(cty.String)
	}
	return Names{"each": cty.ObjectVal(map[string]cty.Value{"key": key, "value": in.Values[i]})}
}

// Examples names a few keys, for the end of a message.
func (in *Instances) Examples() string {
	const most = 5
	switch {
	case len(in.Keys) == 0:
		return " Its for_each is empty."
	case len(in.Keys) > most:
		return fmt.Sprintf(" It has %d keys, among them %s.", len(in.Keys), strings.Join(InQuotes(in.Keys[:most]), ", "))
	}
	return " Its keys: " + strings.Join(InQuotes(in.Keys), ", ") + "."
}

// DynamicFault says why a dynamic block cannot be expanded over a value; nil if it can. Ids and secrets may be in
// its elements, but may not decide how many there are.
func DynamicFault(v cty.Value) *Fault {
	for m := range v.Marks() {
		if _, ref := m.(refMark); ref {
			return &Fault{Code: "unknown_id", Summary: unknownIDSummary, Detail: "for_each of a dynamic block decides how many blocks there are. " + unknownIDDetail}
		}
		return &Fault{Code: "invalid_for_each", Summary: "for_each is sensitive", Detail: "The number of blocks would show something of a sensitive value. " +
			"Wrap what is not secret in nonsensitive()."}
	}
	switch {
	case !v.IsKnown():
		return &Fault{}
	case v.IsNull():
		return &Fault{Code: "invalid_for_each", Summary: "for_each is null", Detail: "for_each of a dynamic block needs a list, a set or a map; [] makes no block."}
	case !v.CanIterateElements():
		return &Fault{Code: "invalid_for_each", Summary: "for_each needs a list or map", Detail: "for_each of a dynamic block is a " + v.Type().FriendlyName() +
			". Give it a list, a set or a map."}
	}
	return nil
}
