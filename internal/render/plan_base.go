package render

import (
	"fmt"
	"slices"

	"ddmon/internal/object"
	"ddmon/internal/plan"
)

// sides writes a plan as what the change of the configuration does, and what happened in Datadog meanwhile.
func (pr *printer) sides(b *plan.Base, p *plan.Plan) {
	fmt.Fprintf(pr.out, "%s\n\n", pr.style.paint(bold, "Changed since "+Clean(b.Name)))
	own := ownOf(b, p)
	pr.changes(own)
	if isSame(own) && !b.Offline {
		fmt.Fprint(pr.out, "  Nothing: the configuration is the same as there.\n\n")
	}
	if len(b.Drift.Changes) > 0 {
		fmt.Fprintf(pr.out, "%s\n\n", pr.style.paint(bold+";"+yellow, "Drift: changed in Datadog, and apply sets it back"))
		for i := range b.Drift.Changes {
			c := &b.Drift.Changes[i]
			pr.both = b.Both[c.Address]
			pr.change(c)
		}
	}
	if len(b.Adopted) > 0 {
		fmt.Fprintf(pr.out, "Already so in Datadog: %s.\n\n", addresses(b.Adopted))
	}
}

// ownOf is what a change of the configuration does by itself, and who refers to the live objects that go with it,
// which only the plan knows.
func ownOf(b *plan.Base, p *plan.Plan) *plan.Plan {
	live := changesOf(p)
	own := &plan.Plan{Stack: b.Own.Stack, Changes: slices.Clone(b.Own.Changes)}
	for i := range own.Changes {
		c := &own.Changes[i]
		if of := live[c.Address]; of != nil {
			c.ReferredBy, c.Referrers = of.ReferredBy, of.Referrers
		}
	}
	return own
}

// changesOf finds the changes of a plan by address. What an interrupted replacement left is none of an address.
func changesOf(p *plan.Plan) map[object.Address]*plan.Change {
	out := make(map[object.Address]*plan.Change, len(p.Changes))
	for i := range p.Changes {
		if c := &p.Changes[i]; !c.Deposed {
			out[c.Address] = c
		}
	}
	return out
}

// mark says of an edit made in Datadog that the configuration changes the same place.
func (pr *printer) mark(indent string, e plan.Edit) {
	same := func(other plan.Edit) bool { return other.Op == e.Op && other.Path.String() == e.Path.String() }
	if slices.ContainsFunc(pr.both, same) {
		fmt.Fprintf(pr.out, "%s%s\n", indent, pr.style.paint(yellow, "# also changed here: somebody's edit is written over"))
	}
}
