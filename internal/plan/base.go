package plan

import (
	"maps"
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
	base = withoutOver(in, base)
	in.Live = make([]*object.Object, 0, len(base))
	mentions := make(map[object.Address][]object.Address)
	was := make(map[object.Address]*object.Object, len(base))
	for _, o := range base {
		in.Live = append(in.Live, asLive(in.Stack, o))
		was[o.Address] = &object.Object{Address: o.Address, Sensitive: o.Sensitive, Body: o.Body, Schema: o.Schema}
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
// of the two configurations, set is what Build makes of the base's configuration and the same live objects. Changes of
// what is no longer configured get the base's word on what of it is not to be shown.
func (p *Plan) Against(name string, own, set *Plan) *Base {
	b := &Base{
		Name: name, Own: &Plan{Stack: own.Stack, Changes: slices.Clone(own.Changes)},
		Drift: &Plan{Stack: p.Stack}, Both: make(map[object.Address][]Edit),
	}
	ownChanges, driftChanges := own.byAddress(), set.byAddress()
	places := make(map[object.Address]*Change, len(own.Changes))
	for i := range b.Own.Changes {
		places[b.Own.Changes[i].Address] = &b.Own.Changes[i]
	}
	for i := range p.Changes {
		c := &p.Changes[i]
		if c.Desired == nil {
			c.Desired = ownChanges[c.Address].Desired
		}
		follow(c, places[c.Address], driftChanges[c.Address])
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

// follow adds to the change of the configuration what follows from it without being written there: what refers to an
// object that is made anew. own is the place of that change, nil if there is none; drift is what Datadog did.
func follow(c, own *Change, drift Change) {
	if own == nil || c.Action != Update || own.Action != NoOp && own.Action != Update {
		return
	}
	follows := *c
	follows.Edits = slices.DeleteFunc(slices.Clone(c.Edits), func(e Edit) bool {
		return touches(own.Edits, e) || mayTouch(drift.Edits, e)
	})
	if len(follows.Edits) == 0 {
		return
	}
	follows.ID, follows.EditedOutside = "", false
	follows = (&Plan{Changes: []Change{follows}}).Spelled().Changes[0]
	if own.Action == Update {
		follows.Before, follows.After = own.Before, own.After
		follows.Edits = append(slices.Clone(own.Edits), follows.Edits...)
	}
	*own = follows
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
		switch {
		case !mayTouch(drift.Edits, e):
		case touches(own.Edits, e):
			b.Both[c.Address] = append(b.Both[c.Address], e)
			fallthrough
		default:
			out.Edits = append(out.Edits, e)
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
		if !isElement(e) && !isElement(other) {
			return starts(other.Path, e.Path) || starts(e.Path, other.Path)
		}
		return sameElement(e, other)
	})
}

// mayTouch is touches for edits that lead into another version of the body, in which elements of lists may stand at
// other indices. It finds too much rather than too little.
func mayTouch(edits []Edit, e Edit) bool {
	loose := func(e Edit) Edit {
		e.Path = slices.Clone(e.Path)
		for i, step := range e.Path {
			if _, isIndex := step.(int); isIndex && i < len(e.Path)-1 {
				e.Path[i] = 0
			}
		}
		return e
	}
	e = loose(e)
	others := make([]Edit, len(edits))
	for i := range edits {
		others[i] = loose(edits[i])
		if e.Op == Move && others[i].Op == Move && sameList(others[i].Path, e.Path) {
			return true
		}
	}
	return touches(others, e)
}

// isElement reports whether an edit adds, removes or moves an element of a list. The index of one that is removed is
// that in another list than the others'.
func isElement(e Edit) bool {
	if len(e.Path) == 0 || e.Op == Modify {
		return false
	}
	_, isIndex := e.Path[len(e.Path)-1].(int)
	return isIndex
}

// sameElement reports whether two edits do the same to one element of one list.
func sameElement(a, b Edit) bool {
	if a.Op != b.Op || !sameList(a.Path, b.Path) {
		return false
	}
	switch a.Op {
	case Remove:
		return alikeAs(a.Before, b.Before)
	case Add:
		return alikeAs(a.After, b.After)
	case Move:
		return a.Path.String() == b.Path.String() && a.Before == b.Before // indices
	case Modify:
	}
	return false
}

// sameList reports whether two paths lead to elements of one list.
func sameList(a, b object.Path) bool {
	return len(a) == len(b) && len(b) > 0 && starts(a, b[:len(b)-1])
}

func alikeAs(a, b any) bool {
	return object.Equal(withoutID(a), withoutID(b)) || labelOf(a) != "" && labelOf(a) == labelOf(b)
}

// withoutID leaves out what only a live element has.
func withoutID(v any) any {
	element, ok := v.(map[string]any)
	if !ok {
		return v
	}
	out := maps.Clone(element)
	delete(out, "id")
	return out
}

func starts(long, short object.Path) bool {
	return len(long) >= len(short) && long[:len(short)].String() == short.String()
}
