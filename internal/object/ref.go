package object

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// Ref is a number in a body that is the id of another object and not known yet. A string that is or contains such an id
// is a Text.
type Ref struct{ Of Address }

// Resolve returns the id as a json.Number, or the Ref itself if it is not known. If id returns a string for output
// instead of a number, the result is that string.
func (r Ref) Resolve(id func(Address) (string, bool)) any {
	s, ok := id(r.Of)
	switch {
	case !ok:
		return r
	case isDigits(s):
		return json.Number(s)
	}
	return s
}

func isDigits(s string) bool {
	return s != "" && !slices.ContainsFunc([]byte(s), func(c byte) bool { return c < '0' || c > '9' })
}

// String formats the unknown id for output.
func (r Ref) String() string { return r.Of.String() + ".id" }

// refKey marks a Ref in JSON, where it would otherwise be an object like any other.
const refKey = "ddmon:id_of"

// MarshalJSON writes {"ddmon:id_of": "monitor.name"}.
func (r Ref) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]Address{refKey: r.Of})
}

// UnmarshalJSON decodes the output of MarshalJSON.
func (r *Ref) UnmarshalJSON(raw []byte) error {
	var wrapped map[string]Address
	if err := json.Unmarshal(raw, &wrapped); err != nil {
		return err
	}
	of, ok := wrapped[refKey]
	if !ok || len(wrapped) != 1 {
		return fmt.Errorf("a reference must be an object with the single key %q", refKey)
	}
	r.Of = of
	return nil
}

// ResolveRefs returns v with the ids that id returns in every Ref and Text in it. Values without references are shared,
// not copied.
func ResolveRefs(v any, id func(Address) (string, bool)) any {
	out, _ := resolve(v, id)
	return out
}

func resolve(v any, id func(Address) (string, bool)) (any, bool) {
	switch v := v.(type) {
	case Ref:
		return v.Resolve(id), true
	case Text:
		return v.Resolve(id), true
	case []any:
		var out []any
		for i, e := range v {
			if r, changed := resolve(e, id); changed {
				if out == nil {
					out = slices.Clone(v)
				}
				out[i] = r
			}
		}
		if out != nil {
			return out, true
		}
	case map[string]any:
		var out map[string]any
		for k, e := range v {
			if r, changed := resolve(e, id); changed {
				if out == nil {
					out = maps.Clone(v)
				}
				out[k] = r
			}
		}
		if out != nil {
			return out, true
		}
	}
	return v, false
}

// HoldsRefs reports whether v contains a reference. Most bodies do not, and this is faster than WalkRefs.
func HoldsRefs(v any) bool {
	switch v := v.(type) {
	case Ref, Text:
		return true
	case []any:
		return slices.ContainsFunc(v, HoldsRefs)
	case map[string]any:
		for _, e := range v {
			if HoldsRefs(e) {
				return true
			}
		}
	}
	return false
}

// WalkRefs calls f for every reference in v with the path of the string or number that contains it.
func WalkRefs(v any, f func(Path, Address)) { walkRefs(v, nil, f) }

func walkRefs(v any, p Path, f func(Path, Address)) {
	switch v := v.(type) {
	case Ref:
		f(p, v.Of)
	case Text:
		for _, part := range v {
			if part.Ref != nil {
				f(p, *part.Ref)
			}
		}
	case []any:
		for i, e := range v {
			walkRefs(e, p.With(i), f)
		}
	case map[string]any:
		for _, k := range SortedKeys(v) {
			walkRefs(v[k], p.With(k), f)
		}
	}
}
