package kind

import (
	"slices"
)

// isNewer reports whether an object has a field, or a value of an enum, that the tables do not have: Datadog can have
// extended it since, and then other fields can be required than the tables say. Fields in extra count in any body.
// The others count only in an export; in HCL they are rather mistakes.
func (c *checker) isNewer(t *Type, in map[string]any) bool {
	if t.elem != nil {
		return false
	}
	if extra, ok := in[extraKey].(map[string]any); ok && hasNewer(t, extra) {
		return true
	}
	return c.options.UnknownWarns && hasNewer(t, in)
}

func hasNewer(t *Type, in map[string]any) bool {
	for key, v := range in {
		switch f := t.Fields[key]; {
		case f == nil:
			if key != extraKey {
				return true
			}
		case !f.Strict && !inEnum(f.Type, v):
			return true
		}
	}
	return false
}

// inEnum reports whether a value is one of the enum of its type, if the type has an enum and the value is a string.
func inEnum(t *Type, v any) bool {
	value, ok := v.(string)
	return !ok || len(t.Enum) == 0 || slices.Contains(t.Enum, value)
}

// isNewerVariant reports whether an object is of a variant that the tables do not have: each of theirs lacks a field or
// a value of the object.
func (c *checker) isNewerVariant(t *Type, in map[string]any) bool {
	return !slices.ContainsFunc(t.Variants, func(variant *Type) bool {
		return variant.Shape == Map || variant.Shape == Object && !c.isNewer(variant, in)
	})
}

// knowsFieldOf reports whether an object has at least one of the fields of its type.
func (t *Type) knowsFieldOf(in map[string]any) bool {
	for key := range in {
		if t.Fields[key] != nil {
			return true
		}
	}
	return false
}
