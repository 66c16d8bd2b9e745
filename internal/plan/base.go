package plan

import (
	"slices"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/object"
)

// Base tells a change of the configuration from what happened in Datadog meanwhile. Its third side is the
// configuration before the change: what the live objects should be until it is applied.
type Base struct {
	Name string // what a person is told: "origin/main (merge base 1a2b3c4)"
	// Offline says that Datadog was not asked: the plan is the change itself, from one configuration to the other.
	Offline bool
	// Own is what the change does by itself, from the base's configuration to the desired one.
	Own *Plan
	// Drift is the part of the plan that the change is not behind: carrying it out sets the live objects back. An
	// edit that both are behind is in it, too, with Both.
	Drift *Plan
	// Both are the edits of Drift at places that the change changes as well, by address.
	Both map[object.Address][]Edit
	// Adopted are addresses whose change is live already, as if somebody had made it by hand and now writes it down.
	Adopted []object.Address
}

// Between plans from one configuration to another without Datadog: base is what in.Live would be had it been applied.
// Nothing has an id in the result: what refers to an object is an object.Text in both bodies.
func Between(in Input, base []*object.Object) (*Plan, hcl.Diagnostics) {
	in.Live = make([]*object.Object, 0, len(base))
	mentions := make(map[object.Address][]object.Address)
	was := make(map[object.Address]*object.Object, len(base))
	for _, o := range base {
		in.Live = append(in.Live, asLive(in.Stack, o))
		was[o.Address] = &object.Object{Address: o.Address, Sensitive: o.Sensitive}
		for _, a := range dependsOn(o.Body) {
			mentions[a] = append(mentions[a], o.Address)
		}
	}
	p, diags := Build(in)
	for i := range p.Changes {
		c := &p.Changes[i]
		if c.Action == Delete || c.Action == Replace {
			c.ReferredBy = mentions[c.Address]
		}
		if c.Desired == nil {
			c.Desired = was[c.Address] // what is not to be shown of it
		}
	}
	return p, diags
}

// asLive makes a live object of a desired one.
func asLive(stack string, o *object.Object) *object.Object {
	out := *o
	// This puts texts with references into the one form in which the builder has them, too.
	out.Body, _ = object.ResolveRefs(o.Body, func(object.Address) (string, bool) { return "", false }).(map[string]any)
	out.Marker = object.Marker{Stack: object.StackSlug(stack), Slug: o.Address.Slug(), Protected: o.Lifecycle.PreventDestroy}
	return &out
}

// Spelled returns a plan for reading, in which references are written as ${address.id} as far as their ids are not
// known.
func (p *Plan) Spelled() *Plan {
	spell := func(v any) any {
		return object.ResolveRefs(v, func(a object.Address) (string, bool) { return "${" + a.String() + ".id}", true })
	}
	out := &Plan{Stack: p.Stack, Changes: slices.Clone(p.Changes)}
	for i := range out.Changes {
		c := &out.Changes[i]
		c.Before, _ = spell(c.Before).(map[string]any)
		c.After, _ = spell(c.After).(map[string]any)
		c.Edits = slices.Clone(c.Edits)
		for n := range c.Edits {
			c.Edits[n].Before, c.Edits[n].After = spell(c.Edits[n].Before), spell(c.Edits[n].After)
		}
	}
	return out
}

// Against tells what of a plan is not the doing of the change of the configuration that it was made for. own is Between
// of the two configurations, set is what Build makes of the base's configuration and the same live objects.
func (p *Plan) Against(name string, own, set *Plan) *Base {
	b := &Base{Name: name, Own: own, Drift: &Plan{Stack: p.Stack}, Both: make(map[object.Address][]Edit)}
	ownChanges, driftChanges := own.byAddress(), set.byAddress()
	for i := range p.Changes {
		c := &p.Changes[i]
		if drift := b.driftOf(c, ownChanges[c.Address], driftChanges[c.Address]); drift.Action != NoOp {
			b.Drift.Changes = append(b.Drift.Changes, drift)
		}
		if o := ownChanges[c.Address]; c.Action == NoOp && o.Action != NoOp && o.Action != Blocked {
			b.Adopted = append(b.Adopted, c.Address)
		}
	}
	return b
}

// byAddress finds changes; an address without one is as if nothing happened to it.
func (p *Plan) byAddress() map[object.Address]Change {
	out := make(map[object.Address]Change, len(p.Changes))
	for i := range p.Changes {
		if c := p.Changes[i]; !c.Deposed {
			out[c.Address] = c
		}
	}
	return out
}

// driftOf returns what remains of a change of the plan without the change of the configuration; own and drift are what
// that and Datadog did to the object.
func (b *Base) driftOf(c *Change, own, drift Change) Change {
	out := *c
	switch c.Action {
	case Update, Replace:
	case Create, Delete, Blocked:
		if c.Action == own.Action {
			out.Action = NoOp // the change adds or removes it, or is what is blocked
		}
		return out
	case NoOp:
		return out
	}
	out.Edits = nil
	for _, e := range c.Edits {
		if !touches(own.Edits, e) {
			out.Edits = append(out.Edits, e)
		} else if touches(drift.Edits, e) {
			out.Edits = append(out.Edits, e)
			b.Both[c.Address] = append(b.Both[c.Address], e)
		}
	}
	switch {
	case len(out.Edits) == 0:
		out.Action = NoOp
	case own.Action == Replace:
		out.Action = Update // that it is replaced is the change's doing
	}
	return out
}

// touches reports whether one of the edits is at the place of e, around it or inside of it.
func touches(edits []Edit, e Edit) bool {
	return slices.ContainsFunc(edits, func(other Edit) bool {
		if e.Op == Remove && other.Op == Remove && len(e.Path) > 0 && len(e.Path) == len(other.Path) {
			// Elements that two sides of a list lack stand at other indices in each.
			_, isIndex := e.Path[len(e.Path)-1].(int)
			if isIndex && starts(other.Path, e.Path[:len(e.Path)-1]) {
				return object.Equal(e.Before, other.Before) || labelOf(e.Before) != "" && labelOf(e.Before) == labelOf(other.Before)
			}
		}
		return starts(other.Path, e.Path) || starts(e.Path, other.Path)
	})
}

func starts(long, short object.Path) bool {
	return len(long) >= len(short) && long[:len(short)].String() == short.String()
}
