package planfile

import (
	"slices"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// outermost returns the edits of a change with those inside of a sensitive value as one edit of all of it: the keys in
// the paths of the others are as sensitive as that.
func outermost(c *plan.Change) []plan.Edit {
	o := c.Desired
	if !o.HasSecrets() {
		return c.Edits
	}
	out := make([]plan.Edit, 0, len(c.Edits))
	for _, e := range c.Edits {
		at := o.ShownPath(e.Path)
		if len(at) == len(e.Path) {
			out = append(out, e)
			continue
		}
		if slices.ContainsFunc(out, func(known plan.Edit) bool { return known.Path.String() == at.String() }) {
			continue
		}
		out = append(out, plan.Edit{Path: at, Op: plan.Set, Before: at.In(c.Before), After: at.In(c.After)})
	}
	return out
}

// openNotes returns the notes without those on keys of a sensitive value.
func openNotes(o *object.Object, notes []plan.Note) []plan.Note {
	if !o.HasSecrets() {
		return notes
	}
	return slices.DeleteFunc(slices.Clone(notes), func(n plan.Note) bool { return o.Touches(n.Path) })
}
