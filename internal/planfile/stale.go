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
func (s *Saved) Stale(live []*object.Object, kinds []*kind.Kind) []*plan.Conflict {
	n := s.now(live, kinds)
	var out []*plan.Conflict
	for i := range s.changes {
		c := &s.changes[i]
		switch c.Action {
		case plan.Create:
			out = append(out, n.others(c, plan.ConflictExists)...)
		case plan.Update, plan.Replace, plan.Delete:
			out = append(out, n.same(c)...)
			if !c.Deposed { // a successor has its address
				out = append(out, n.others(c, plan.ConflictDuplicate)...)
			}
		case plan.NoOp:
			// Its id is written into other objects.
			if n.needed[c.Address] && n.byID[liveKey(c.Address.Kind, c.ID)] == nil {
				out = append(out, &plan.Conflict{Address: c.Address, ID: c.ID, Reason: plan.ConflictDeleted})
			}
		case plan.Blocked:
		}
	}
	return out
}

// now is what there is in Datadog.
type now struct {
	stack  string // the name
	hashes []byte
	kinds  map[string]*kind.Kind
	byID   map[string]*object.Object   // by liveKey
	bySlug map[string][]*object.Object // those that own an address of the stack
	known  map[string]bool             // the ids that the plan speaks of, by liveKey
	needed map[object.Address]bool     // what the objects to be written refer to
}

func (s *Saved) now(live []*object.Object, kinds []*kind.Kind) *now {
	n := &now{
		stack: s.Stack, hashes: s.hashes, kinds: make(map[string]*kind.Kind),
		byID: make(map[string]*object.Object), bySlug: make(map[string][]*object.Object),
		known: make(map[string]bool), needed: make(map[object.Address]bool),
	}
	for _, k := range kinds {
		n.kinds[k.Name] = k
	}
	for _, o := range live {
		n.byID[liveKey(o.Address.Kind, o.ID)] = o
		if m := o.Marker; m.Complete() && m.Stack == object.StackSlug(n.stack) && !m.Replaced {
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
func (n *now) others(c *savedChange, what string) []*plan.Conflict {
	var out []*plan.Conflict
	for _, o := range n.bySlug[c.Address.Slug()] {
		if !n.known[liveKey(o.Address.Kind, o.ID)] {
			out = append(out, &plan.Conflict{Address: c.Address, ID: o.ID, Reason: what, ModifiedAt: kind.Named(o.Address.Kind).ModifiedAt(o.Body)})
		}
	}
	return out
}

// same tells whether the live object of a change is still what the plan saw.
func (n *now) same(c *savedChange) []*plan.Conflict {
	k, have := n.kinds[c.Address.Kind], n.byID[liveKey(c.Address.Kind, c.ID)]
	conflict := c.Conflict(k, n.stack, n.seen(c, k, have), have)
	if conflict == nil {
		return nil
	}
	for i, e := range conflict.Edits {
		conflict.Edits[i] = c.hide(e)
	}
	return []*plan.Conflict{conflict}
}
