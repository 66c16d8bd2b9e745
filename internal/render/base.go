package render

import (
	"slices"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// HasNoChanges reports whether a plan neither changes nor blocks an object. It can have notes.
func HasNoChanges(p *plan.Plan) bool { return p.Empty() && p.Summary().Blocked == 0 }

// ConfigChanges returns the changes of the configuration since the base. It adds the references to live objects, which
// only the whole plan knows.
func ConfigChanges(b *plan.Base, p *plan.Plan) *plan.Plan {
	live := ChangesByAddress(p)
	own := &plan.Plan{Stack: b.Config.Stack, Changes: slices.Clone(b.Config.Changes)}
	for i := range own.Changes {
		c := &own.Changes[i]
		if l := live[c.Address]; l != nil {
			c.ReferredBy, c.Referrers = l.ReferredBy, l.Referrers
		}
	}
	return own
}

// ChangesByAddress indexes the changes of a plan. It omits deposed objects, which share the address of their
// replacement.
func ChangesByAddress(p *plan.Plan) map[object.Address]*plan.Change {
	out := make(map[object.Address]*plan.Change, len(p.Changes))
	for i := range p.Changes {
		if c := &p.Changes[i]; !c.Deposed {
			out[c.Address] = c
		}
	}
	return out
}
