package plan

import (
	"fmt"
	"slices"
	"time"

	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// codeEnded is the code of the warning about objects that have ended.
const codeEnded = "ended"

// hasEnded reports whether an object with this body has ended; see kind.Kind.Over. With the zero time, none has.
func hasEnded(k *kind.Kind, body map[string]any, now time.Time) bool {
	return k.Over != nil && !now.IsZero() && k.Over(body, now)
}

// hasEnded reports whether a desired object has ended and needs no change, and warns about it. Such an object is not
// part of the plan. If its live object has not ended, the plan changes it as usual.
func (b *builder) hasEnded(want *object.Object) bool {
	k := b.kinds[want.Address.Kind]
	if !hasEnded(k, want.Body, b.in.Now) {
		return false
	}
	isActive := func(have *object.Object) bool { return !hasEnded(k, have.Body, b.in.Now) }
	if c := b.at[want.Address]; c != nil && slices.ContainsFunc(c.objects, isActive) {
		return false
	}
	d := diag.Warning(codeEnded, "Object has ended", fmt.Sprintf(
		"%s has ended, so the plan ignores it. Remove its block.", want.Address), want.Range())
	d.Extra = diag.Extra{Code: codeEnded, Address: want.Address.String()}
	b.diags = append(b.diags, d)
	return true
}

// Ended returns the addresses of objects to be created that have ended since the plan was made.
func (p *Plan) Ended(now time.Time) []object.Address {
	var out []object.Address
	for i := range p.Changes {
		c := &p.Changes[i]
		if (c.Action == Create || c.Action == Replace) && c.Desired != nil && hasEnded(kind.Named(c.Address.Kind), c.Desired.Body, now) {
			out = append(out, c.Address)
		}
	}
	return out
}

// withoutEnded returns the objects that have not ended.
func withoutEnded(in Input, objects []*object.Object) []*object.Object {
	out := make([]*object.Object, 0, len(objects))
	for _, o := range objects {
		if !hasEnded(kind.Named(o.Address.Kind), o.Body, in.Now) {
			out = append(out, o)
		}
	}
	return out
}
