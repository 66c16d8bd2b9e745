package plan

import (
	"fmt"
	"slices"
	"strings"

	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// The reasons of a Conflict.
const (
	ConflictChanged   = "changed"   // the live body differs: see Edits
	ConflictDeleted   = "deleted"   // the live object does not exist
	ConflictExists    = "exists"    // an object already has the address at which the plan creates one
	ConflictDuplicate = "duplicate" // a second object has the address
	ConflictReleased  = "released"  // the marker differs: the object was removed from the stack or is being replaced
	ConflictProtected = "protected" // prevent_destroy was applied, and the change would delete the object or unset it
	ConflictNewer     = "newer"     // a newer ddmon wrote the object, and this version cannot read its marker
)

// Conflict is the error of a change that cannot be applied because the live object is not the one that the plan saw.
type Conflict struct {
	Address object.Address
	ID      string // of the live object
	Reason  string // ConflictChanged, ConflictDeleted, ...
	// Edits are the differences from the object that the plan saw to the live one.
	Edits []Edit
	// ModifiedAt is when the live object last changed, as Datadog writes it; empty if it was deleted.
	ModifiedAt string
}

// Error names the object and the fields, but no values. It has no full stop.
func (c *Conflict) Error() string {
	subject := fmt.Sprintf("%s (%s %s)", c.Address, c.Address.Kind, c.ID)
	var text string
	switch c.Reason {
	case ConflictDeleted:
		return subject + " was deleted in Datadog after the plan was made"
	case ConflictExists:
		text = fmt.Sprintf("%s cannot be created because %s %s now has its address", c.Address, c.Address.Kind, c.ID)
	case ConflictDuplicate:
		text = fmt.Sprintf("a second object, %s %s, now has the address of %s", c.Address.Kind, c.ID, c.Address)
	case ConflictReleased:
		text = subject + " no longer has the same ownership marker"
	case ConflictProtected:
		text = subject + " was protected by prevent_destroy after the plan was made"
	case ConflictNewer:
		text = subject + " was written by a newer ddmon after the plan was made"
	default:
		var fields []string
		for _, e := range c.Edits {
			if at := e.Path.String(); !slices.Contains(fields, at) {
				fields = append(fields, at)
			}
		}
		text = subject + " was changed after the plan was made: " + strings.Join(fields, ", ")
	}
	if c.ModifiedAt != "" {
		text += " (last changed " + c.ModifiedAt + ")"
	}
	return text
}

// Conflict compares the live object with the one that the plan saw, before a change overwrites or deletes it. It
// returns nil if there is no conflict. seen is the body that the plan saw; have is the current live object, or nil.
// Fields that the server sets are ignored. Unmanaged values (mutes, roles, unknown fields, ignore_changes) are compared
// only if the change would overwrite them.
func (c *Change) Conflict(k *kind.Kind, stack string, seen map[string]any, have *object.Object) *Conflict {
	if have == nil {
		return &Conflict{Address: c.Address, ID: c.ID, Reason: ConflictDeleted}
	}
	out := &Conflict{Address: c.Address, ID: c.ID, ModifiedAt: k.ModifiedAt(have.Body)}
	switch out.Edits = c.editsSince(k, seen, have.Body); {
	case have.Marker.Needs != "":
		out.Reason, out.Edits = ConflictNewer, nil
	case !c.hasSameMarker(stack, have.Marker):
		out.Reason, out.Edits = ConflictReleased, nil
	case have.Marker.Protected && !c.PreventDestroy && !c.wasProtected():
		out.Reason, out.Edits = ConflictProtected, nil
	case len(out.Edits) > 0:
		out.Reason = ConflictChanged
	default:
		return nil
	}
	return out
}

// wasProtected reports whether the live object was protected when the plan was made, so the change unsets that.
func (c *Change) wasProtected() bool {
	at := protectionPath().String()
	return slices.ContainsFunc(c.Edits, func(e Edit) bool { return e.Path.String() == at && e.Before == true })
}

// hasSameMarker reports whether a live object's marker is the one that the plan saw. If the marker has a shortened
// address, that is the name in c.Address.
func (c *Change) hasSameMarker(stack string, m object.Marker) bool {
	return m.Stack == object.StackSlug(stack) && m.Also == "" && m.Replaced == c.Deposed &&
		(m.Slug == c.Address.Slug() || m.Slug == c.Address.Name && !c.Address.Keyed)
}

// editsSince returns the edits from the body that the plan saw to the live one that the change would overwrite.
func (c *Change) editsSince(k *kind.Kind, seen, now map[string]any) []Edit {
	var out []Edit
	for _, e := range diffLive(k, seen, now) {
		if c.overwrites(k, e, seen, now) {
			if at := c.Desired.ShownPath(e.Path); at.String() != e.Path.String() { // the keys of a sensitive object are sensitive too
				e = Edit{Path: at, Op: Modify, Before: object.Redacted, After: object.Redacted}
			}
			out = append(out, e)
		}
	}
	return out
}

// diffLive compares two live bodies in both directions, because Compare ignores unmanaged values that only its second
// body has.
func diffLive(k *kind.Kind, seen, now map[string]any) []Edit {
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

// overwrites reports whether the change would revert an edit, or do something that was not reviewed.
func (c *Change) overwrites(k *kind.Kind, e Edit, seen, now map[string]any) bool {
	body := now
	if e.Op == Remove {
		body = seen
	}
	if len(e.Path) == 0 || !c.ignores(e.Path) && !c.isUnmanaged(k.Body, body, e.Path) {
		return true
	}
	if c.Action != Update {
		return false // the object is deleted with its unmanaged values, as reviewed
	}
	key, _ := e.Path[0].(string)
	_, sent := c.After[key]
	return sent || !k.UpdateMerges // a key that a merging update leaves out keeps its value
}

func (c *Change) ignores(at object.Path) bool {
	return slices.ContainsFunc(c.Ignore, func(p object.Path) bool { return hasPrefix(at, p) })
}

// isUnmanaged reports whether ddmon does not manage the value at a path of body, or does not know it.
func (c *Change) isUnmanaged(t *kind.Type, body any, at object.Path) bool {
	for i, step := range at {
		t = t.Resolve(body)
		if t == nil || t.Shape == kind.Any {
			return false // inside a known field
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
