package lang

import (
	"github.com/zclconf/go-cty/cty"

	"ddmon/internal/object"
)

// refMark marks a value that depends on the id of an object.
type refMark object.Address

// sensitiveMark marks a value that depends on the sensitive variable of that name.
type sensitiveMark string

// strip removes the refMarks of a value, at any depth, and keeps other marks. It reports whether there were any.
func strip(v cty.Value) (cty.Value, bool) {
	if !HasReference(v) {
		return v, false
	}
	return without[refMark](v), true
}

// without removes the marks of one type from a value, at any depth.
func without[mark any](v cty.Value) cty.Value {
	bare, paths := v.UnmarkDeepWithPaths()
	var kept []cty.PathValueMarks
	for _, p := range paths {
		marks := cty.ValueMarks{}
		for m := range p.Marks {
			if _, drop := m.(mark); !drop {
				marks[m] = struct{}{}
			}
		}
		if len(marks) > 0 {
			kept = append(kept, cty.PathValueMarks{Path: p.Path, Marks: marks})
		}
	}
	return bare.MarkWithPaths(kept)
}

// HasReference reports whether a value, or one inside it, depends on an id.
func HasReference(v cty.Value) bool {
	return hasMark[refMark](v)
}

// HasSensitive reports whether a value, or one inside it, depends on a sensitive variable.
func HasSensitive(v cty.Value) bool {
	return hasMark[sensitiveMark](v)
}

// hasMark reports whether a value, or one inside it, has a mark of one type. It does not iterate over sets, which is
// slow: a set has the marks of its elements.
func hasMark[mark any](v cty.Value) bool {
	v, marks := v.Unmark()
	for m := range marks {
		if _, found := m.(mark); found {
			return true
		}
	}
	if t := v.Type(); v.IsNull() || !v.IsKnown() || t.IsSetType() || !v.CanIterateElements() {
		return false
	}
	for it := v.ElementIterator(); it.Next(); {
		if _, e := it.Element(); hasMark[mark](e) {
			return true
		}
	}
	return false
}
