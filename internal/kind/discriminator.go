package kind

import (
	"cmp"
	"slices"

	"ddmon/internal/object"
)

// discriminator is a field whose value distinguishes the variants of a union: type, data_source, response_format, ...
type discriminator struct {
	key     string
	byValue map[string][]*Type // the object variants whose enum contains the value
	// open are the object variants that allow any value of the field, lacking those that do not have it.
	open, lacking []*Type
	// required says that all object variants require the field.
	required bool
}

// allowed returns the variants that allow a value. A variant without the field is not one of them: the value is that of a
// variant newer than the tables, or a mistake.
func (d *discriminator) allowed(value string) []*Type {
	if exact := d.byValue[value]; len(exact) > 0 {
		return exact
	}
	return d.open
}

// discriminators returns the enum fields that distinguish object variants: first those that every variant requires,
// then those that most variants have, then those with the most values.
func discriminators(variants []*Type) []discriminator {
	objects := slices.DeleteFunc(slices.Clone(variants), func(v *Type) bool { return v.Shape != Object })
	keys := map[string]bool{}
	for _, v := range objects {
		for name, f := range v.Fields {
			if f.Type.Shape == String && len(f.Type.Enum) > 0 {
				keys[name] = true
			}
		}
	}
	found := []discriminator{}
	for _, key := range object.SortedKeys(keys) {
		if d := newDiscriminator(key, objects); d.distinguishes(len(objects)) {
			found = append(found, d)
		}
	}
	slices.SortStableFunc(found, func(a, b discriminator) int {
		if a.required != b.required {
			if a.required {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.others(), b.others()), cmp.Compare(len(b.byValue), len(a.byValue)))
	})
	return found
}

func newDiscriminator(key string, objects []*Type) discriminator {
	d := discriminator{key: key, byValue: map[string][]*Type{}, required: true}
	for _, v := range objects {
		f := v.Fields[key]
		d.required = d.required && f != nil && f.Required
		switch {
		case f == nil && v.elem == nil:
			d.lacking = append(d.lacking, v)
			continue
		case f == nil, len(f.Type.Enum) == 0:
			d.open = append(d.open, v)
			continue
		}
		for _, value := range f.Type.Enum {
			d.byValue[value] = append(d.byValue[value], v)
		}
	}
	return d
}

// others returns the number of variants that do not restrict the value.
func (d *discriminator) others() int { return len(d.open) + len(d.lacking) }

// distinguishes reports whether at least one of n variants does not allow some value.
func (d *discriminator) distinguishes(n int) bool {
	for _, allowed := range d.byValue {
		if len(allowed) < n {
			return true
		}
	}
	return false
}
