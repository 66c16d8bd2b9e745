package planfile

import (
	"maps"
	"slices"
	"strings"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// collapseEdits returns the edits of a change, with all edits inside a sensitive value as one edit of that value. Their
// paths would reveal its keys.
func collapseEdits(c *plan.Change) []plan.Edit {
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

// endsHidden reports whether a path from Object.ShownPath represents all secret keys of an object.
func endsHidden(p object.Path) bool { return len(p) > 0 && p[len(p)-1] == any(Redacted) }

// visiblePaths returns Object.Sensitive without paths that contain secret keys. Those are covered by the object around
// them, which is open.
func visiblePaths(o *object.Object) map[string][]string {
	out := maps.Clone(o.Sensitive)
	var walk func(v any, p object.Path)
	walk = func(v any, p object.Path) {
		switch v := v.(type) {
		case map[string]any:
			for key, e := range v {
				at := p.With(key)
				if o.HidesKey(at) && o.IsSensitive(at) {
					maps.DeleteFunc(out, func(path string, _ []string) bool { return isWithin(path, at.String()) })
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

// isWithin reports whether a path is at or below parent.
func isWithin(path, parent string) bool {
	rest, ok := strings.CutPrefix(path, parent)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}

// visibleNotes returns the notes, except those about keys of a sensitive value.
func visibleNotes(o *object.Object, notes []plan.Note) []plan.Note {
	if !o.HasSecrets() {
		return notes
	}
	return slices.DeleteFunc(slices.Clone(notes), func(n plan.Note) bool { return o.Touches(n.Path) })
}
