package lang

import (
	"fmt"
	"math/big"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/zclconf/go-cty/cty"
)

// Instances are the instances of a block: one object or test or, with for_each, one for each key.
type Instances struct {
	Keyed  bool // the block has for_each
	Keys   []string
	Values []cty.Value // each.value, by the index of its key
}

// SingleInstance returns the instance of a block without for_each.
func SingleInstance() *Instances {
	return &Instances{Keys: []string{""}, Values: []cty.Value{cty.NilVal}}
}

// UnknownInstances returns one instance with unknown each, for checking a block whose for_each is invalid or empty.
func UnknownInstances() *Instances {
	return &Instances{Keyed: true, Keys: []string{"?"}, Values: []cty.Value{cty.DynamicVal}}
}

// ForEach reads the keys and values of a block's for_each: a map or a set of strings. If the value is something else,
// it reports that and returns nil.
func ForEach(value cty.Value, report *Reporter, at hcl.Range) *Instances {
	// A mark on the map itself applies to its keys; a mark on a value moves along with each.value. A set has no inner
	// marks.
	value, marks := value.Unmark()
	for m := range marks {
		if _, ref := m.(refMark); ref {
			report.Error("unknown_id", unknownIDSummary, "for_each depends on the id of an object, which Datadog assigns when it creates the object. Use keys that are known in "+
				"the configuration, and use the id inside the block.", at)
		} else {
			report.Error("invalid_for_each", "Sensitive for_each", "The keys of for_each become part of addresses, which output shows. Use a value that "+
				"is not sensitive, or wrap it in nonsensitive().", at)
		}
		return nil
	}
	t := value.Type()
	switch {
	case !value.IsKnown():
		return nil
	case value.IsNull():
		report.Error("invalid_for_each", "for_each is null", "for_each must be a map or a set of strings. Use {} or toset([]) for no instances.", at)
		return nil
	case t.IsMapType() || t.IsObjectType():
	case t.IsSetType() && (t.ElementType() == cty.String || value.LengthInt() == 0):
	default:
		report.Error("invalid_for_each", "Invalid for_each", fmt.Sprintf("for_each must be a map, such as { a = 1, b = 2 }, or a set of strings, "+
			"such as toset([\"a\", \"b\"]), not a value of type %s.", t.FriendlyName()), at)
		return nil
	}
	in := &Instances{Keyed: true}
	for it := value.ElementIterator(); it.Next(); {
		key, element := it.Element()
		if key.IsNull() || !key.IsKnown() {
			report.Error("invalid_for_each", "Key of for_each is null", "A key of for_each must not be null. Remove it with compact() or a condition in a for expression.", at)
			return nil
		}
		in.Keys = append(in.Keys, key.AsString())
		in.Values = append(in.Values, shrink(element))
	}
	return in
}

// shrink returns an integer with no more bits than it needs. HCL parses numbers with 512 bits, which makes formatting
// them, as many for_each do, the most expensive part of an instance.
func shrink(v cty.Value) cty.Value {
	if v.IsMarked() || v.Type() != cty.Number || !v.IsKnown() || v.IsNull() {
		return v
	}
	if i, accuracy := v.AsBigFloat().Int64(); accuracy == big.Exact {
		return cty.NumberIntVal(i)
	}
	return v
}

// Each returns the inner name each of the instance with index i.
func (in *Instances) Each(i int) Names {
	if !in.Keyed {
		return nil
	}
	key := cty.StringVal(in.Keys[i])
	if !in.Values[i].IsKnown() { // see UnknownInstances
		key = cty.UnknownVal(cty.String)
	}
	return Names{"each": cty.ObjectVal(map[string]cty.Value{"key": key, "value": in.Values[i]})}
}

// Examples lists a few keys, for the end of a message.
func (in *Instances) Examples() string {
	const most = 5
	switch {
	case len(in.Keys) == 0:
		return " Its for_each is empty."
	case len(in.Keys) > most:
		return fmt.Sprintf(" It has %d keys, including %s.", len(in.Keys), strings.Join(InQuotes(in.Keys[:most]), ", "))
	}
	return " Its keys: " + strings.Join(InQuotes(in.Keys), ", ") + "."
}

// DynamicFault says why a dynamic block cannot be expanded over a value; nil if it can. Its elements can contain ids
// and sensitive values, but these must not decide the number of elements.
func DynamicFault(v cty.Value) *Fault {
	for m := range v.Marks() {
		if _, ref := m.(refMark); ref {
			return &Fault{Code: "unknown_id", Summary: unknownIDSummary, Detail: "for_each of a dynamic block decides the number of blocks. " + unknownIDDetail}
		}
		return &Fault{Code: "invalid_for_each", Summary: "Sensitive for_each", Detail: "The number of blocks would reveal something about a sensitive value. " +
			"Wrap a value that is not secret in nonsensitive()."}
	}
	switch {
	case !v.IsKnown():
		return &Fault{}
	case v.IsNull():
		return &Fault{Code: "invalid_for_each", Summary: "for_each is null", Detail: "for_each of a dynamic block must be a list, a set or a map. Use [] for no blocks."}
	case !v.CanIterateElements():
		return &Fault{Code: "invalid_for_each", Summary: "Invalid for_each", Detail: "for_each of a dynamic block must be a list, a set or a map, not a value of type " + v.Type().FriendlyName() +
			"."}
	}
	return nil
}
