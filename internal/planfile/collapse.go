package planfile

import (
	"maps"
	"slices"
	"strings"

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
		if at.String() == e.Path.String() && !endsHidden(at) {
			out = append(out, e)
			continue
		}
		if slices.ContainsFunc(out, func(known plan.Edit) bool { return known.Path.String() == at.String() }) {
			continue
		}
		if endsHidden(at) {
			out = append(out, plan.Edit{Path: at, Op: plan.Modify, Before: Redacted, After: Redacted})
			continue
		}
		out = append(out, plan.Edit{Path: at, Op: plan.Modify, Before: at.In(c.Before), After: at.In(c.After)})
	}
	return out
}

// endsHidden reports whether a path, as Object.ShownPath returns it, stands for all secret keys of an object.
func endsHidden(p object.Path) bool { return len(p) > 0 && p[len(p)-1] == any(Redacted) }

// shownPlaces is Object.Sensitive without the places below keys that are secret themselves: that the object around them
// is open says as much.
func shownPlaces(o *object.Object) map[string][]string {
	out := maps.Clone(o.Sensitive)
	var walk func(v any, p object.Path)
	walk = func(v any, p object.Path) {
		switch v := v.(type) {
		case map[string]any:
			for key, e := range v {
				at := p.With(key)
				if o.HidesKey(at) && o.IsSensitive(at) {
					maps.DeleteFunc(out, func(place string, _ []string) bool { return isBelow(place, at.String()) })
					continue
				}
				walk(e, at)
			}
		case []any:
			for i, e := range v {
				walk(e, p.With(i))
			}
		}
	}
	if o.IsOpen() {
		walk(o.Body, nil)
	}
	return out
}

// isBelow reports whether a place is the one at, or inside of it.
func isBelow(place, at string) bool {
	rest, ok := strings.CutPrefix(place, at)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// openNotes returns the notes without those on keys of a sensitive value.
func openNotes(o *object.Object, notes []plan.Note) []plan.Note {
	if !o.HasSecrets() {
		return notes
	}
	return slices.DeleteFunc(slices.Clone(notes), func(n plan.Note) bool { return o.Touches(n.Path) })
}
