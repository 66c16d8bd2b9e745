package plan

import (
	"fmt"
	"slices"
	"strings"

	"ddmon/internal/object"
)

// blockDependents blocks every object that needs the id of a blocked object that does not exist yet, directly or not.
func (b *builder) blockDependents() {
	at := make(map[object.Address]*Change, len(b.plan.Changes))
	for i := range b.plan.Changes {
		if c := &b.plan.Changes[i]; c.Action != Delete {
			at[c.Address] = c
		}
	}
	for changed := true; changed; {
		changed = false
		for i := range b.plan.Changes {
			c := &b.plan.Changes[i]
			if c.Action == Blocked || c.After == nil {
				continue
			}
			var missing []string
			object.WalkRefs(c.After, func(_ object.Path, a object.Address) {
				if d := at[a]; d != nil && d.Action == Blocked {
					missing = append(missing, a.String())
				}
			})
			if len(missing) == 0 {
				continue
			}
			c.Action, c.After, c.Edits = Blocked, nil, nil
			c.Reason = fmt.Sprintf("not compared, because it refers to %s, which is blocked", missing[0])
			changed = true
			b.error(c.Desired, "blocked", "Blocked by a dependency", fmt.Sprintf(
				"%s needs the id of %s, which is blocked by another error.", c.Address,
				strings.Join(slices.Compact(missing), ", ")))
		}
	}
}

// linkReferrers sets ReferredBy of every object to be deleted.
func (b *builder) linkReferrers() {
	mentions := make(map[string][]object.Address) // kind and id -> objects that refer to it
	for i := range b.plan.Changes {
		c := &b.plan.Changes[i]
		k := b.kinds[c.Address.Kind]
		if c.Before == nil || k.References == nil {
			continue
		}
		for _, r := range k.References(c.Before) {
			key := r.Kind + " " + r.ID
			mentions[key] = append(mentions[key], c.Address)
		}
	}
	for i := range b.plan.Changes {
		c := &b.plan.Changes[i]
		if c.Action != Delete && c.Action != Replace {
			continue
		}
		referrers := mentions[c.Address.Kind+" "+c.ID]
		slices.SortFunc(referrers, object.Address.Compare)
		c.ReferredBy = slices.Compact(referrers)
	}
}

// LimitTo returns the plan with only the changes of part. All other objects stay unchanged.
func (p *Plan) LimitTo(part *Plan) *Plan {
	type key struct {
		address object.Address
		id      string
	}
	chosen := make(map[key]bool, len(part.Changes))
	for i := range part.Changes {
		chosen[key{part.Changes[i].Address, part.Changes[i].ID}] = true
	}
	out := &Plan{Stack: p.Stack}
	for i := range p.Changes {
		c := p.Changes[i]
		switch {
		case chosen[key{c.Address, c.ID}]:
		case c.Before == nil:
			continue // it does not exist and is not created
		default:
			c.Action, c.After, c.Edits = NoOp, c.Before, nil
		}
		out.Changes = append(out.Changes, c)
	}
	return out
}

// Target returns the part of the plan for the given targets (see object.Address.Covers) and the objects that applying
// it requires: their dependencies, and objects that refer to a deleted one. It also returns the targets that match
// nothing.
func (p *Plan) Target(targets []object.Address) (*Plan, []object.Address) {
	wanted := make(map[object.Address]bool)
	var unknown []object.Address
	for _, t := range targets {
		found := false
		for i := range p.Changes {
			a := p.Changes[i].Address
			if t.Covers(a) {
				wanted[a], found = true, true
			}
		}
		if !found {
			unknown = append(unknown, t)
		}
	}
	needs := make(map[object.Address][]object.Address, len(p.Changes))
	for i := range p.Changes {
		c := &p.Changes[i]
		needs[c.Address] = append(append(needs[c.Address], c.DependsOn...), c.ReferredBy...)
	}
	queue := make([]object.Address, 0, len(wanted))
	for a := range wanted {
		queue = append(queue, a)
	}
	for len(queue) > 0 {
		a := queue[0]
		queue = queue[1:]
		for _, d := range needs[a] {
			if !wanted[d] {
				wanted[d] = true
				queue = append(queue, d)
			}
		}
	}
	out := &Plan{Stack: p.Stack}
	for i := range p.Changes {
		if wanted[p.Changes[i].Address] {
			out.Changes = append(out.Changes, p.Changes[i])
		}
	}
	return out, unknown
}
