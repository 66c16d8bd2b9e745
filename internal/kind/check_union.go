package kind

import (
	"slices"

	"ddmon/internal/object"
)

// union finds out which variant is meant and checks that one only. Where the key that tells the variants apart is
// missing or wrong, that is the one thing to say.
func (c *checker) union(t *Type, f *Field, v any) {
	in, isObject := v.(map[string]any)
	if isObject && len(t.tells) > 0 && !c.tellIsGood(&t.tells[0], t, in) {
		return
	}
	if variant := t.Resolve(v); variant != nil {
		c.value(variant, f, v)
		return
	}
	for i := range t.tells {
		tell := &t.tells[i]
		if value, ok := in[tell.key].(string); ok && len(tell.allowed(value)) == 0 {
			c.push(keyStep(tell.key))
			c.invalid(value, object.SortedKeys(tell.by))
			c.pop()
			return
		}
	}
	c.wrongType(t, v)
}

// tellIsGood reports whether there is a point in looking further: the first key that tells variants apart is a string
// whose content is known, or not all of them require it.
func (c *checker) tellIsGood(first *tell, t *Type, in map[string]any) bool {
	v := in[first.key]
	if extra, ok := in[extraKey].(map[string]any); ok && v == nil && extra[first.key] != nil {
		return false // a variant newer than the tables
	}
	switch v.(type) {
	case string:
		return true
	case object.Text:
		return false
	}
	if !first.wanted {
		return true
	}
	f := t.Variants[slices.IndexFunc(t.Variants, func(v *Type) bool { return v.Shape == Object })].Fields[first.key]
	if v == nil {
		c.missing(f)
		return false
	}
	c.push(keyStep(first.key))
	c.wrongType(f.Type, v)
	c.pop()
	return false
}
