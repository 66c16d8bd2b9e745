package plan

import (
	"fmt"
	"slices"
	"strings"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// What can have become of a live object since a plan saw it.
const (
	Changed   = "changed"   // its body differs: see Edits
	Gone      = "gone"      // it is not there any more
	Appeared  = "appeared"  // an object owns the address at which the plan creates one
	Twin      = "twin"      // a second object owns the address
	Released  = "released"  // its marker is not what it was: somebody took it out of the stack or replaces it
	Protected = "protected" // prevent_destroy was applied to it, which the change would delete or take off
	Newer     = "newer"     // a newer ddmon wrote it, whose marker this one cannot read
)

// Conflict is a reason not to carry out a change: what there is in Datadog is not what the plan saw. It is an error.
type Conflict struct {
	Address object.Address
	ID      string // of the live object concerned
	What    string // Changed, Gone, ...
	// Edits lead from what the plan saw to what is there now.
	Edits []Edit
	// ModifiedAt is when the live object last changed, as Datadog writes it; empty if it is gone.
	ModifiedAt string
}

// Error says it in a sentence without full stop, naming the object and the fields and no value.
func (c *Conflict) Error() string {
	who := fmt.Sprintf("%s (%s %s)", c.Address, c.Address.Kind, c.ID)
	var said string
	switch c.What {
	case Gone:
		return who + " has been deleted in Datadog since"
	case Appeared:
		said = fmt.Sprintf("%s would be created, but %s %s has its address by now", c.Address, c.Address.Kind, c.ID)
	case Twin:
		said = fmt.Sprintf("a second object, %s %s, has the address of %s by now", c.Address.Kind, c.ID, c.Address)
	case Released:
		said = who + " does not carry the marker any more that it had"
	case Protected:
		said = who + " has been protected by prevent_destroy since"
	case Newer:
		said = who + " has been written by a newer ddmon since"
	default:
		var fields []string
		for _, e := range c.Edits {
			if at := e.Path.String(); !slices.Contains(fields, at) {
				fields = append(fields, at)
			}
		}
		said = who + " has been changed since: " + strings.Join(fields, ", ")
	}
	if c.ModifiedAt != "" {
		said += " (last changed " + c.ModifiedAt + ")"
	}
	return said
}

// Conflict compares what a change would write over or delete with what there is now; nil is no conflict. seen is the
// body that the plan saw, have the live object now, nil if there is none. Fields that the server sets do not count.
// What others put on an object (mutes, roles, fields that ddmon does not know, ignore_changes) counts only where the
// change would write over it.
func (c *Change) Conflict(k *kind.Kind, stack string, seen map[string]any, have *object.Object) *Conflict {
	if have == nil {
		return &Conflict{Address: c.Address, ID: c.ID, What: Gone}
	}
	out := &Conflict{Address: c.Address, ID: c.ID, ModifiedAt: k.ModifiedAt(have.Body)}
	switch out.Edits = c.since(k, seen, have.Body); {
	case have.Marker.Needs != "":
		out.What, out.Edits = Newer, nil
	case !c.sees(stack, have.Marker):
		out.What, out.Edits = Released, nil
	case have.Marker.Protected && !c.PreventDestroy && !c.sawProtected():
		out.What, out.Edits = Protected, nil
	case len(out.Edits) > 0:
		out.What = Changed
	default:
		return nil
	}
	return out
}

// sawProtected reports whether the live object was protected when the plan was made, so that the change takes that off.
func (c *Change) sawProtected() bool {
	at := protectionPath().String()
	return slices.ContainsFunc(c.Edits, func(e Edit) bool { return e.Path.String() == at && e.Before == true })
}

// sees reports whether a live object's marker is the one that the plan saw. An address that could not be read off the
// marker is the marker's text itself.
func (c *Change) sees(stack string, m object.Marker) bool {
	return m.Stack == object.StackSlug(stack) && m.Also == "" && m.Replaced == c.Deposed &&
		(m.Slug == c.Address.Slug() || m.Slug == c.Address.Name && !c.Address.Keyed)
}

// since are the edits from the body that the plan saw to the one there is now, as far as they matter to the change.
func (c *Change) since(k *kind.Kind, seen, now map[string]any) []Edit {
	var out []Edit
	for _, e := range bothWays(k, seen, now) {
		if c.overwrites(k, e, seen, now) {
			if at := c.Desired.ShownPath(e.Path); at.String() != e.Path.String() { // the keys of a sensitive object are as sensitive
				e = Edit{Path: at, Op: Modify, Before: object.Redacted, After: object.Redacted}
			}
			out = append(out, e)
		}
	}
	return out
}

// bothWays compares two live bodies. One way passes over what only the older one holds and nobody manages.
func bothWays(k *kind.Kind, seen, now map[string]any) []Edit {
	_, edits, _ := Compare(k, now, seen, nil)
	_, back, _ := Compare(k, seen, now, nil)
	found := make(map[string]bool, len(edits))
	for _, e := range edits {
		found[e.Path.String()] = true
	}
	for _, e := range back {
		if e.Op == Add && !found[e.Path.String()] {
			edits = append(edits, Edit{Path: e.Path, Op: Remove, Before: e.After})
		}
	}
	return edits
}

// overwrites reports whether carrying out the change would undo a difference, or do what nobody has reviewed.
func (c *Change) overwrites(k *kind.Kind, e Edit, seen, now map[string]any) bool {
	body := now
	if e.Op == Remove {
		body = seen
	}
	if len(e.Path) == 0 || !c.ignores(e.Path) && !c.ofOthers(k.Body, body, e.Path) {
		return true
	}
	if c.Action != Update {
		return false // the object goes, and what others put on it was going with it
	}
	key, _ := e.Path[0].(string)
	_, sent := c.After[key]
	return sent || !k.UpdateMerges // what a merging update leaves out keeps its value
}

func (c *Change) ignores(at object.Path) bool {
	return slices.ContainsFunc(c.Ignore, func(p object.Path) bool { return starts(at, p) })
}

// ofOthers reports whether the value at a path of body belongs to other people or tools, or is not known at all.
func (c *Change) ofOthers(t *kind.Type, body any, at object.Path) bool {
	for i, step := range at {
		t = t.Resolve(body)
		if t == nil || t.Shape == kind.Any {
			return false // somewhere inside a known field
		}
		switch step := step.(type) {
		case string:
			in, _ := body.(map[string]any)
			f := t.Field(step, in)
			if f == nil || (f.Unmanaged || f.Derived) && !slices.Contains(c.Written, at[:i+1].String()) {
				return true
			}
			t, body = f.Type, in[step]
		case int:
			in, _ := body.([]any)
			t, body = t.Elem, nil
			if step < len(in) {
				body = in[step]
			}
		}
	}
	return false
}
