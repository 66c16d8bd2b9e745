package lang

import (
	"encoding/json"
	"math"
	"math/big"
	"slices"
	"strconv"

	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/object"
)

// Conversion converts one evaluated value to the types of object.Object.Body. It collects nulls, sensitive parts and
// problems, with paths relative to the value.
type Conversion struct {
	Null      bool // the value contains null
	Sensitive []SensitiveAt
	Faults    []Fault

	refs *References
	path object.Path
}

// SensitiveAt lists the sensitive variables in the value at a path.
type SensitiveAt struct {
	Path  object.Path
	Names []string
}

// Fault is a value that a body cannot contain.
type Fault struct {
	Path                  object.Path
	Code, Summary, Detail string // Code is empty if the value is unknown because of an error reported elsewhere
}

// Conversion returns a conversion for values that can contain these references.
func (r *References) Conversion() Conversion { return Conversion{refs: r} }

func (c *Conversion) fault(code, summary, detail string) any {
	c.Faults = append(c.Faults, Fault{slices.Clone(c.path), code, summary, detail})
	return nil
}

// Convert returns the value: nil, bool, string, json.Number, object.Text, object.Ref, []any or map[string]any.
func (c *Conversion) Convert(v cty.Value) any {
	var decidedBy []object.Address
	if v.IsMarked() {
		var marks cty.ValueMarks
		v, marks = v.Unmark()
		decidedBy = c.takeMarks(marks)
	}
	if len(decidedBy) > 0 && !v.IsNull() && v.IsKnown() && v.CanIterateElements() {
		// A set has the marks of its elements, and so has a value derived from a set.
		v, _ = c.refs.mark(listed(v))
	}
	switch t := v.Type(); {
	case !v.IsKnown():
		return c.fault("", "", "")
	case v.IsNull():
		c.Null = true
		return c.checkDecided(nil, decidedBy)
	case t == cty.String:
		return c.text(v.AsString(), decidedBy)
	case t == cty.Bool:
		return c.checkDecided(v.True(), decidedBy)
	case t == cty.Number:
		if len(decidedBy) > 0 {
			if a, ok := c.refs.ofNumber(v.AsBigFloat()); ok {
				return c.checkDecided(object.Ref{Of: a}, decidedBy)
			}
		}
		return c.checkDecided(c.number(v.AsBigFloat()), decidedBy)
	case t.IsTupleType() || t.IsListType() || t.IsSetType():
		return c.checkDecided(c.list(v), decidedBy)
	case t.IsObjectType() || t.IsMapType():
		return c.checkDecided(c.object(v), decidedBy)
	default:
		return c.fault("invalid_value", "Unsupported type", "A value of type "+t.FriendlyName()+" cannot be written as JSON.")
	}
}

// takeMarks records the sensitive variables of a value and returns the objects whose ids it depends on.
func (c *Conversion) takeMarks(marks cty.ValueMarks) []object.Address {
	var ids []object.Address
	var secrets []string
	for m := range marks {
		switch m := m.(type) {
		case refMark:
			ids = append(ids, object.Address(m))
		case sensitiveMark:
			secrets = append(secrets, string(m))
		}
	}
	if len(secrets) > 0 {
		slices.Sort(secrets)
		c.Sensitive = append(c.Sensitive, SensitiveAt{slices.Clone(c.path), secrets})
	}
	return ids
}

// checkDecided reports a value that depends on ids without containing them: an id decided the value.
func (c *Conversion) checkDecided(v any, ids []object.Address) any {
	if len(ids) == 0 {
		return v
	}
	held := map[object.Address]bool{}
	object.WalkRefs(v, func(_ object.Path, a object.Address) { held[a] = true })
	for _, a := range ids {
		if !held[a] {
			return c.fault("unknown_id", unknownIDSummary, "The value depends on "+a.String()+".id. "+unknownIDDetail)
		}
	}
	return v
}

func (c *Conversion) text(s string, ids []object.Address) any {
	if len(ids) == 0 {
		return s
	}
	t, whole := c.refs.split(s)
	if !whole {
		return c.fault("unknown_id", unknownIDSummary, unknownIDDetail)
	}
	return c.checkDecided(t, ids)
}

// listed converts a set to a list, whose elements can have marks, and returns any other value unchanged.
func listed(v cty.Value) cty.Value {
	if !v.Type().IsSetType() || v.LengthInt() == 0 {
		return v
	}
	return cty.ListVal(v.AsValueSlice())
}

// number writes a number as JSON. Datadog uses 64-bit floating point: numbers out of its range are errors, and a
// fraction is written as the shortest decimal that parses to the same double.
func (c *Conversion) number(f *big.Float) any {
	if i, accuracy := f.Int64(); accuracy == big.Exact {
		return json.Number(strconv.FormatInt(i, 10))
	}
	double, _ := f.Float64()
	if math.IsInf(double, 0) || double == 0 {
		return c.fault("invalid_value", "Number out of range", "Datadog uses 64-bit floating point, which cannot represent this number.")
	}
	if f.IsInt() {
		return json.Number(f.Text('f', 0))
	}
	return json.Number(strconv.FormatFloat(double, 'f', -1, 64))
}

func (c *Conversion) list(v cty.Value) any {
	out := make([]any, 0, v.LengthInt())
	for it := v.ElementIterator(); it.Next(); {
		_, element := it.Element()
		c.path = append(c.path, len(out))
		out = append(out, c.Convert(element))
		c.path = c.path[:len(c.path)-1]
	}
	return out
}

func (c *Conversion) object(v cty.Value) any {
	out := make(map[string]any, v.LengthInt())
	for it := v.ElementIterator(); it.Next(); {
		k, element := it.Element()
		key := k.AsString()
		c.path = append(c.path, key)
		out[key] = c.Convert(element)
		c.path = c.path[:len(c.path)-1]
	}
	return out
}
