package plan

import (
	"maps"
	"slices"

	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/object"
)

// Base separates a change of the configuration from drift in Datadog. It compares three versions: the live objects, the
// desired configuration, and the base, which is the configuration before the change.
type Base struct {
	Name string // shown to users: "origin/main (merge base 1a2b3c4)"
	// Offline reports that the plan was made without Datadog: it compares the two configurations.
	Offline bool
	// Config is the plan from the base's configuration to the desired one.
	Config *Plan
	// Drift is the part of the plan that the configuration change does not explain: applying it reverts changes made in
	// Datadog. It includes edits that are also in Overlap.
	Drift *Plan
	// Overlap are the edits of Drift at paths that the configuration change also edits, by address.
	Overlap map[object.Address][]Edit
	// Adopted are the addresses whose change is already live, such as a manual change that is now added to the
	// configuration.
	Adopted []object.Address
}

// Between plans from one configuration to another without Datadog, as if base had been applied. Objects in the result
// have no ids: references are an object.Text in both bodies.
func Between(in Input, base []*object.Object) (*Plan, hcl.Diagnostics) {
	base = withoutEnded(in, base)
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
			c.Desired = was[c.Address] // its sensitive values
		}
	}
	return p, diags
}

// asLive converts a desired object to a live one.
func asLive(stack string, o *object.Object) *object.Object {
	out := *o
	// The builder resolves references in the desired bodies the same way.
	out.Body, _ = object.ResolveRefs(o.Body, func(object.Address) (string, bool) { return "", false }).(map[string]any)
	out.Marker = object.Marker{Stack: object.StackSlug(stack), Slug: o.Address.Slug(), Protected: o.Lifecycle.PreventDestroy}
	return &out
}

// WithReferences returns a plan for display, with references to unknown ids written as ${address.id}.
func (p *Plan) WithReferences() *Plan {
	write := func(v any) any {
		return object.ResolveRefs(v, func(a object.Address) (string, bool) { return "${" + a.String() + ".id}", true })
	}
	out := &Plan{Stack: p.Stack, Changes: slices.Clone(p.Changes)}
	for i := range out.Changes {
		c := &out.Changes[i]
		c.Before, _ = write(c.Before).(map[string]any)
		c.After, _ = write(c.After).(map[string]any)
		c.Edits = slices.Clone(c.Edits)
		for n := range c.Edits {
			c.Edits[n].Before, c.Edits[n].After = write(c.Edits[n].Before), write(c.Edits[n].After)
		}
	}
	return out
}

// SplitDrift separates the part of the plan that the configuration change explains from drift. config is the plan
// Between the two configurations. revert is the plan that Build makes from the base's configuration and the same live
// objects. Changes to objects that are no longer configured take their sensitive values from the base.
func (p *Plan) SplitDrift(name string, config, revert *Plan) *Base {
	b := &Base{
		Name: name, Config: &Plan{Stack: config.Stack, Changes: slices.Clone(config.Changes)},
		Drift: &Plan{Stack: p.Stack}, Overlap: make(map[object.Address][]Edit),
	}
	configChanges, driftChanges := config.byAddress(), revert.byAddress()
	out := make(map[object.Address]*Change, len(config.Changes))
	for i := range b.Config.Changes {
		out[b.Config.Changes[i].Address] = &b.Config.Changes[i]
	}
	for i := range p.Changes {
		c := &p.Changes[i]
		if c.Desired == nil {
			c.Desired = configChanges[c.Address].Desired
		}
		addConsequences(c, out[c.Address], driftChanges[c.Address])
		if drift := b.driftOf(c, configChanges[c.Address], driftChanges[c.Address]); drift.Action != NoOp {
			b.Drift.Changes = append(b.Drift.Changes, drift)
		}
		if o := configChanges[c.Address]; c.Action == NoOp && o.Action != NoOp && o.Action != Blocked {
			b.Adopted = append(b.Adopted, c.Address)
		}
	}
	return b
}

// byAddress indexes the changes by address, without deposed objects.
func (p *Plan) byAddress() map[object.Address]Change {
	out := make(map[object.Address]Change, len(p.Changes))
	for i := range p.Changes {
		if c := p.Changes[i]; !c.Deposed {
			out[c.Address] = c
		}
	}
	return out
}

// addConsequences adds to a configuration change the edits that follow from it in other objects, such as the new id of
// a recreated object. config is the change to extend, or nil; drift is the change made in Datadog.
func addConsequences(c, config *Change, drift Change) {
	if config == nil || c.Action != Update || config.Action != NoOp && config.Action != Update {
		return
	}
	extended := *c
	extended.Edits = slices.DeleteFunc(slices.Clone(c.Edits), func(e Edit) bool {
		return overlaps(config.Edits, e) || mayOverlap(drift.Edits, e)
	})
	if len(extended.Edits) == 0 {
		return
	}
	extended.ID, extended.EditedOutside = "", false
	extended = (&Plan{Changes: []Change{extended}}).WithReferences().Changes[0]
	if config.Action == Update {
		extended.Before, extended.After = config.Before, config.After
		extended.Edits = append(slices.Clone(config.Edits), extended.Edits...)
	}
	*config = extended
}

// driftOf returns the part of a planned change that the configuration change does not explain. config and drift are the
// changes made to the object by the configuration and in Datadog.
func (b *Base) driftOf(c *Change, config, drift Change) Change {
	out := *c
	switch c.Action {
	case Update, Replace:
	case Create, Delete, Blocked:
		if c.Action == config.Action {
			out.Action = NoOp // the configuration change explains it
		}
		return out
	case NoOp:
		return out
	}
	out.Edits = nil
	for _, e := range c.Edits {
		switch {
		case !mayOverlap(drift.Edits, e):
		case overlaps(config.Edits, e):
			b.Overlap[c.Address] = append(b.Overlap[c.Address], e)
			fallthrough
		default:
			out.Edits = append(out.Edits, e)
		}
	}
	switch {
	case len(out.Edits) == 0:
		out.Action = NoOp
	case config.Action == Replace:
		out.Action = Update // the configuration change causes the replacement
	}
	return out
}

// overlaps reports whether one of the edits is at the path of e, above it or below it.
func overlaps(edits []Edit, e Edit) bool {
	return slices.ContainsFunc(edits, func(other Edit) bool {
		if !isElement(e) && !isElement(other) {
			return hasPrefix(other.Path, e.Path) || hasPrefix(e.Path, other.Path)
		}
		return sameElement(e, other)
	})
}

// mayOverlap is overlaps for edits of another version of the body, where list elements can have other indices. It can
// return false positives, but no false negatives.
func mayOverlap(edits []Edit, e Edit) bool {
	ignoreIndices := func(e Edit) Edit {
		e.Path = slices.Clone(e.Path)
		for i, step := range e.Path {
			if _, isIndex := step.(int); isIndex && i < len(e.Path)-1 {
				e.Path[i] = 0
			}
		}
		return e
	}
	e = ignoreIndices(e)
	others := make([]Edit, len(edits))
	for i := range edits {
		others[i] = ignoreIndices(edits[i])
		if e.Op == Move && others[i].Op == Move && sameList(others[i].Path, e.Path) {
			return true
		}
	}
	return overlaps(others, e)
}

// isElement reports whether an edit adds, removes or moves an element of a list. The index of a removed element refers
// to the list before the edit, the other indices to the list after it.
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
		return sameContent(a.Before, b.Before)
	case Add:
		return sameContent(a.After, b.After)
	case Move:
		return a.Path.String() == b.Path.String() && a.Before == b.Before // indices
	case Modify:
	}
	return false
}

// sameList reports whether two paths lead to elements of one list.
func sameList(a, b object.Path) bool {
	return len(a) == len(b) && len(b) > 0 && hasPrefix(a, b[:len(b)-1])
}

func sameContent(a, b any) bool {
	return object.Equal(withoutID(a), withoutID(b)) || labelOf(a) != "" && labelOf(a) == labelOf(b)
}

// withoutID leaves out the id, which only live elements have.
func withoutID(v any) any {
	element, ok := v.(map[string]any)
	if !ok {
		return v
	}
	out := maps.Clone(element)
	delete(out, "id")
	return out
}

func hasPrefix(p, prefix object.Path) bool {
	return len(p) >= len(prefix) && p[:len(prefix)].String() == prefix.String()
}
