package planfile

import (
	"slices"

	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// edits lead from the body that the plan saw to the one there is now.
func (n *now) edits(c *savedChange, have *object.Object) []plan.Edit {
	k := n.kinds[c.Address.Kind]
	if k == nil {
		return []plan.Edit{{Op: plan.Set}}
	}
	u := &unsealer{live: vault{}, missing: func(sealed, object.Path) {}}
	if holdsSealed(c.Before) {
		u.live.add(n.salt, k, have.Body)
	}
	seen, _ := u.unseal(c.Before, nil).(map[string]any)
	var out []plan.Edit
	for _, e := range bothWays(k, seen, have.Body) {
		if c.overwrites(k, e, seen, have.Body) {
			out = append(out, c.hide(e))
		}
	}
	return out
}

// bothWays compares two live bodies. One way passes over what only the older one holds and nobody manages.
func bothWays(k *kind.Kind, seen, now map[string]any) []plan.Edit {
	_, edits, _ := plan.Compare(k, now, seen, nil)
	_, back, _ := plan.Compare(k, seen, now, nil)
	found := make(map[string]bool, len(edits))
	for _, e := range edits {
		found[e.Path.String()] = true
	}
	for _, e := range back {
		if e.Op == plan.Add && !found[e.Path.String()] {
			edits = append(edits, plan.Edit{Path: e.Path, Op: plan.Remove, Before: e.After})
		}
	}
	return edits
}

// overwrites reports whether carrying out the change would undo a difference, or do what nobody has reviewed.
func (c *savedChange) overwrites(k *kind.Kind, e plan.Edit, seen, now map[string]any) bool {
	body := now
	if e.Op == plan.Remove {
		body = seen
	}
	if len(e.Path) == 0 || !c.ignores(e.Path) && !c.ofOthers(k.Body, body, e.Path) {
		return true
	}
	if c.Action != plan.Update {
		return false // the object goes, and what others put on it was going with it
	}
	key, _ := e.Path[0].(string)
	_, sent := c.After[key]
	return sent || !k.UpdateMerges // what a merging update leaves out keeps its value
}

func (c *savedChange) ignores(at object.Path) bool {
	return slices.ContainsFunc(c.Ignore, func(p object.Path) bool {
		return len(at) >= len(p) && at[:len(p)].String() == p.String()
	})
}

// ofOthers reports whether the value at a path of body belongs to other people or tools, or is not known at all.
func (c *savedChange) ofOthers(t *kind.Type, body any, at object.Path) bool {
	for i, step := range at {
		t = t.Resolve(body)
		if t == nil || t.Shape == kind.Any {
			return false // somewhere inside a known field
		}
		switch step := step.(type) {
		case string:
			in, _ := body.(map[string]any)
			f := t.Field(step, in)
			if f == nil || f.Unmanaged && !slices.Contains(c.Written, at[:i+1].String()) {
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

// hide takes sensitive values out of an edit. What is still sealed has changed, so the other side may be secret, too.
func (c *savedChange) hide(e plan.Edit) plan.Edit {
	o := &object.Object{Sensitive: c.sensitive}
	switch {
	case e.Op == plan.Move:
	case holdsSealed(e.Before) || holdsSealed(e.After) || e.IsSet && o.HoldsSensitive(e.Path):
		e.Before, e.After = Redacted, Redacted
	default:
		e.Before, e.After = redact(o.MayBeSensitive, e.Before, e.Path), redact(o.MayBeSensitive, e.After, e.Path)
	}
	return e
}
