package render

import (
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
)

// What writes a plan begins with shown, so that no format can write a sensitive value, whatever plan it is given.

// shown returns a plan without what is sensitive by its place.
func shown(p *plan.Plan) *plan.Plan {
	if p == nil {
		return nil
	}
	return planfile.Shown(p)
}

// shownBase does so for both sides of a base.
func shownBase(b *plan.Base) *plan.Base {
	if b == nil {
		return nil
	}
	out := *b
	out.Own, out.Drift = shown(b.Own), shown(b.Drift)
	return &out
}
