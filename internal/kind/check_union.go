package kind

import (
	"slices"
	"strings"

	"ddmon/internal/object"
)

// union determines the intended variant and checks that one only. If the discriminator is missing or invalid, it
// reports only that.
func (c *checker) union(t *Type, f *Field, v any) {
	in, isObject := v.(map[string]any)
	if isObject && c.wrapsQuery(t, in) {
		return
	}
	if isObject && len(t.discriminators) > 0 && !c.checkDiscriminator(&t.discriminators[0], t, in) {
		return
	}
	if variant := t.Resolve(v); variant != nil {
		c.value(variant, f, v)
		return
	}
	for i := range t.discriminators {
		d := &t.discriminators[i]
		if value, ok := in[d.key].(string); ok && len(d.allowed(value)) == 0 {
			c.push(keyStep(d.key))
			c.invalid(value, object.SortedKeys(d.byValue), false)
			c.pop()
			return
		}
	}
	c.wrongType(t, v)
}

// checkDiscriminator reports whether the variant can be determined: the first discriminator is a known string, or not
// required by all variants. It reports one that is missing or has the wrong type.
func (c *checker) checkDiscriminator(first *discriminator, t *Type, in map[string]any) bool {
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
	if !first.required {
		return true
	}
	f := t.Variants[slices.IndexFunc(t.Variants, func(v *Type) bool { return v.Shape == Object })].Fields[first.key]
	if v == nil {
		c.missing(f, c.isNewerVariant(t, in))
		return false
	}
	c.push(keyStep(first.key))
	c.wrongType(f.Type, v)
	c.pop()
	return false
}

// wrapsQuery reports the blocks of the provider around the fields of a query. If there is one, the query's own fields are
// in it, so nothing else about the query is worth reporting.
func (c *checker) wrapsQuery(t *Type, in map[string]any) bool {
	found := false
	for _, key := range object.SortedKeys(in) {
		advice := terraform(c.fieldName(), key, in[key])
		if advice == "" || !strings.HasSuffix(key, "_query") || t.hasField(key) {
			continue
		}
		found = true
		c.push(keyStep(key))
		c.misplaced(advice)
		c.pop()
	}
	return found
}

// hasField reports whether a variant of a union has a field.
func (t *Type) hasField(key string) bool {
	return slices.ContainsFunc(t.Variants, func(v *Type) bool { return v.Shape == Map || v.elem != nil || v.Fields[key] != nil })
}
