package render

import (
	"slices"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// IsSame reports whether a plan has only notes to show.
func IsSame(p *plan.Plan) bool { return p.Empty() && p.Summary().Blocked == 0 }

// OwnOf is what a change of the configuration does by itself, and who refers to the live objects that go with it,
// which only the plan knows.
func OwnOf(b *plan.Base, p *plan.Plan) *plan.Plan {
	live := ChangesOf(p)
	own := &plan.Plan{Stack: b.Config.Stack, Changes: slices.Clone(b.Config.Changes)}
	for i := range own.Changes {
		c := &own.Changes[i]
		if of := live[c.Address]; of != nil {
			c.ReferredBy, c.Referrers = of.ReferredBy, of.Referrers
		}
	}
	return own
}

// ChangesOf finds the changes of a plan by address. What an interrupted replacement left has no address of its own.
func ChangesOf(p *plan.Plan) map[object.Address]*plan.Change {
	out := make(map[object.Address]*plan.Change, len(p.Changes))
	for i := range p.Changes {
		if c := &p.Changes[i]; !c.Deposed {
			out[c.Address] = c
		}
	}
	return out
}
