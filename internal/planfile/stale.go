package planfile

import (
	"ddmon/internal/kind"
	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// Stale returns the conflicts that prevent applying the plan: every object that the plan changes and that is not the
// one it saw, in the order of the plan. live are the stack's current objects, as plan.FromLive returns them. kinds are
// all kinds of the plan. Fields that the server sets are ignored. Unmanaged values (mutes, roles, unknown fields,
// ignore_changes) are compared only if the plan would overwrite them.
func (s *Saved) Stale(live []*object.Object, kinds []*kind.Kind) []*plan.Conflict {
	n := s.current(live, kinds)
	var out []*plan.Conflict
	for i := range s.changes {
		c := &s.changes[i]
		switch c.Action {
		case plan.Create:
			out = append(out, n.others(c, plan.ConflictExists)...)
		case plan.Update, plan.Replace, plan.Delete:
			out = append(out, n.same(c)...)
			if !c.Deposed { // the address of a deposed object belongs to its replacement
				out = append(out, n.others(c, plan.ConflictDuplicate)...)
			}
		case plan.NoOp:
			// Other objects are written with its id.
			if n.needed[c.Address] && n.byID[liveKey(c.Address.Kind, c.ID)] == nil {
				out = append(out, &plan.Conflict{Address: c.Address, ID: c.ID, Reason: plan.ConflictDeleted})
			}
		case plan.Blocked:
		}
	}
	return out
}

// current is the current state of Datadog.
type current struct {
	stack   string // the name
	hashKey []byte
	kinds   map[string]*kind.Kind
	byID    map[string]*object.Object   // by liveKey
	bySlug  map[string][]*object.Object // the objects with an address of the stack
	known   map[string]bool             // the ids in the plan, by liveKey
	needed  map[object.Address]bool     // the objects that the plan's bodies refer to
}

func (s *Saved) current(live []*object.Object, kinds []*kind.Kind) *current {
	n := &current{
		stack: s.Stack, hashKey: s.hashKey, kinds: make(map[string]*kind.Kind),
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

// others returns conflicts for objects at a change's address that are not in the plan.
func (n *current) others(c *savedChange, reason string) []*plan.Conflict {
	var out []*plan.Conflict
	for _, o := range n.bySlug[c.Address.Slug()] {
		if !n.known[liveKey(o.Address.Kind, o.ID)] {
			out = append(out, &plan.Conflict{Address: c.Address, ID: o.ID, Reason: reason, ModifiedAt: kind.Named(o.Address.Kind).ModifiedAt(o.Body)})
		}
	}
	return out
}

// same returns a conflict if the live object of a change is not the one that the plan saw.
func (n *current) same(c *savedChange) []*plan.Conflict {
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
