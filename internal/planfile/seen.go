package planfile

import (
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// seen returns the body that the plan saw. A sensitive value that the live object no longer has stays hashed and is
// therefore a difference.
func (n *current) seen(c *savedChange, k *kind.Kind, have *object.Object) map[string]any {
	u := &restorer{key: n.hashKey, address: c.Address, live: valueIndex{}, missing: func(hashedValue, object.Path) {}}
	if have != nil && hasHashed(c.Before) {
		u.live.add(n.hashKey, k, have.Body)
		if c.sensitiveAlone().IsOpen() {
			u.live.entries(n.hashKey, have.Body)
		}
	}
	body, _ := u.restore(c.Before, nil).(map[string]any)
	return body
}

// hide redacts sensitive values in an edit. A value that is still hashed has changed, so the other side can be
// sensitive too.
func (c *savedChange) hide(e plan.Edit) plan.Edit {
	o := c.sensitiveAlone()
	if at := o.ShownPath(e.Path); at.String() != e.Path.String() {
		return plan.Edit{Path: at, Op: plan.Modify, Before: Redacted, After: Redacted}
	}
	switch {
	case e.Op == plan.Move:
	case hasHashed(e.Before) || hasHashed(e.After) || e.IsSet && o.HoldsSensitive(e.Path):
		e.Before, e.After = Redacted, Redacted
	default:
		e.Before, e.After = o.Redact(o.MayBeSensitive, e.Before, e.Path), o.Redact(o.MayBeSensitive, e.After, e.Path)
	}
	return e
}
