package planfile

import (
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// Stale returns what keeps the plan from being carried out: every object that it writes and that is not what the plan
// saw, in the plan's order. live are the stack's objects now, in the form of plan.FromLive; kinds are all that the
// plan holds. Fields that the server sets do not count. What others put on an object (mutes, roles, fields that ddmon
// does not know, ignore_changes) counts only where the plan would write over it.
func (s *Saved) Stale(live []*object.Object, kinds []*kind.Kind) []Conflict {
	n := s.now(live, kinds)
	var out []Conflict
	for i := range s.changes {
		c := &s.changes[i]
		switch c.Action {
		case plan.Create:
			out = append(out, n.others(c, Appeared)...)
		case plan.Update, plan.Replace:
			out = append(append(out, n.same(c)...), n.others(c, Twin)...)
		case plan.Delete:
			out = append(out, n.same(c)...)
		case plan.NoOp:
			// Its id is written into other objects.
			if n.needed[c.Address] && n.byID[liveKey(c.Address.Kind, c.ID)] == nil {
				out = append(out, Conflict{Address: c.Address, ID: c.ID, What: Gone})
			}
		case plan.Blocked:
		}
	}
	return out
}

// now is what there is in Datadog.
type now struct {
	stack  string // slug
	salt   []byte
	kinds  map[string]*kind.Kind
	byID   map[string]*object.Object   // by liveKey
	bySlug map[string][]*object.Object // those that own an address of the stack
	known  map[string]bool             // the ids that the plan speaks of, by liveKey
	needed map[object.Address]bool     // what the objects to be written refer to
}

func (s *Saved) now(live []*object.Object, kinds []*kind.Kind) *now {
	n := &now{
		stack: object.StackSlug(s.Stack), salt: s.salt, kinds: make(map[string]*kind.Kind),
		byID: make(map[string]*object.Object), bySlug: make(map[string][]*object.Object),
		known: make(map[string]bool), needed: make(map[object.Address]bool),
	}
	for _, k := range kinds {
		n.kinds[k.Name] = k
	}
	for _, o := range live {
		n.byID[liveKey(o.Address.Kind, o.ID)] = o
		if m := o.Marker; m.Complete() && m.Stack == n.stack && !m.Replaced {
			n.bySlug[m.Slug] = append(n.bySlug[m.Slug], o)
		}
	}
	for i := range s.changes {
		c := &s.changes[i]
		n.known[liveKey(c.Address.Kind, c.ID)] = true
		if c.After != nil {
			for _, a := range c.DependsOn {
				n.needed[a] = true
			}
		}
	}
	return n
}

// others tells of objects at a change's address that the plan knows nothing of.
func (n *now) others(c *savedChange, what string) []Conflict {
	var out []Conflict
	for _, o := range n.bySlug[c.Address.Slug()] {
		if !n.known[liveKey(o.Address.Kind, o.ID)] {
			out = append(out, Conflict{Address: c.Address, ID: o.ID, What: what, ModifiedAt: plan.ModifiedAt(o.Body)})
		}
	}
	return out
}

// same tells whether the live object of a change is still what the plan saw.
func (n *now) same(c *savedChange) []Conflict {
	have := n.byID[liveKey(c.Address.Kind, c.ID)]
	if have == nil {
		return []Conflict{{Address: c.Address, ID: c.ID, What: Gone}}
	}
	out := Conflict{Address: c.Address, ID: c.ID, ModifiedAt: plan.ModifiedAt(have.Body)}
	if !n.owns(have, c) {
		out.What = Released
		return []Conflict{out}
	}
	if out.Edits = n.edits(c, have); len(out.Edits) > 0 {
		out.What = Changed
		return []Conflict{out}
	}
	return nil
}

// owns reports whether a live object's marker is the one that the plan saw. An address that could not be read off
// the marker is the marker's text itself.
func (n *now) owns(have *object.Object, c *savedChange) bool {
	m := have.Marker
	return m.Stack == n.stack && m.Also == "" && m.Replaced == c.Deposed &&
		(m.Slug == c.Address.Slug() || m.Slug == c.Address.Name && !c.Address.Keyed)
}
