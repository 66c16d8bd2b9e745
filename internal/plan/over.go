package plan

import (
	"fmt"
	"slices"
	"time"

	"ddmon/internal/diag"
	"ddmon/internal/kind"
	"ddmon/internal/object"
)

// codeOver is the code of the warning about objects that belong to the past.
const codeOver = "ended"

// isOver reports whether a body belongs to the past; see kind.Kind.Over. By the zero time none does.
func isOver(k *kind.Kind, body map[string]any, now time.Time) bool {
	return k.Over != nil && !now.IsZero() && k.Over(body, now)
}

// isOver reports whether a desired object belongs to the past and there is nothing to do about it. It is neither an object of
// the plan nor one without a block. A live object that goes on although the configuration has it end in the past is another
// matter: it is changed as any other.
func (b *builder) isOver(want *object.Object) bool {
	k := b.kinds[want.Address.Kind]
	if !isOver(k, want.Body, b.in.Now) {
		return false
	}
	goesOn := func(have *object.Object) bool { return !isOver(k, have.Body, b.in.Now) }
	if c := b.at[want.Address]; c != nil && slices.ContainsFunc(c.objects, goesOn) {
		return false
	}
	d := diag.Warning(codeOver, "Object has ended", fmt.Sprintf(
		"%s has ended, so nothing is planned for it. Its block can be removed.", want.Address), want.Range())
	d.Extra = diag.Extra{Code: codeOver, Address: want.Address.String()}
	b.diags = append(b.diags, d)
	return true
}

// Over returns the addresses whose changes came too late: what they would make belongs to the past by now.
func (p *Plan) Over(now time.Time) []object.Address {
	var out []object.Address
	for i := range p.Changes {
		c := &p.Changes[i]
		if (c.Action == Create || c.Action == Replace) && c.Desired != nil && isOver(kind.Named(c.Address.Kind), c.Desired.Body, now) {
			out = append(out, c.Address)
		}
	}
	return out
}

// withoutOver are the objects that do not belong to the past.
func withoutOver(in Input, objects []*object.Object) []*object.Object {
	out := make([]*object.Object, 0, len(objects))
	for _, o := range objects {
		if !isOver(kind.Named(o.Address.Kind), o.Body, in.Now) {
			out = append(out, o)
		}
	}
	return out
}
