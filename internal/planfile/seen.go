package planfile

import (
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// seen is the body that the plan saw. A sensitive value in it that the live object does not hold any more stays
// sealed, and so is a difference.
func (n *now) seen(c *savedChange, k *kind.Kind, have *object.Object) map[string]any {
	u := &unsealer{key: n.hashes, address: c.Address, live: vault{}, missing: func(sealed, object.Path) {}}
	if have != nil && holdsSealed(c.Before) {
		u.live.add(n.hashes, k, have.Body)
		if c.sensitiveAlone().IsOpen() {
			u.live.entries(n.hashes, have.Body)
		}
	}
	body, _ := u.unseal(c.Before, nil).(map[string]any)
	return body
}

// hide takes sensitive values out of an edit. What is still sealed has changed, so the other side may be secret, too.
func (c *savedChange) hide(e plan.Edit) plan.Edit {
	o := c.sensitiveAlone()
	if at := o.ShownPath(e.Path); at.String() != e.Path.String() {
		return plan.Edit{Path: at, Op: plan.Modify, Before: Redacted, After: Redacted}
	}
	switch {
	case e.Op == plan.Move:
	case holdsSealed(e.Before) || holdsSealed(e.After) || e.IsSet && o.HoldsSensitive(e.Path):
		e.Before, e.After = Redacted, Redacted
	default:
		e.Before, e.After = o.Redact(o.MayBeSensitive, e.Before, e.Path), o.Redact(o.MayBeSensitive, e.After, e.Path)
	}
	return e
}
