package render

import (
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
)

// What writes a plan begins with Shown, so that no format can write a sensitive value, whatever plan it is given.

// Shown returns a plan without what is sensitive by its place.
func Shown(p *plan.Plan) *plan.Plan {
	if p == nil {
		return nil
	}
	return planfile.Shown(p)
}

// ShownBase does so for both sides of a base.
func ShownBase(b *plan.Base) *plan.Base {
	if b == nil {
		return nil
	}
	out := *b
	out.Own, out.Drift = Shown(b.Own), Shown(b.Drift)
	return &out
}
