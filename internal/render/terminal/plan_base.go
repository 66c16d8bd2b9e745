package terminal

import (
	"ddmon/internal/plan"
	"ddmon/internal/render"
	"ddmon/internal/render/safe"
)

// sides writes a plan as what the change of the configuration does, and what happened in Datadog meanwhile.
func (pr *printer) sides(b *plan.Base, p *plan.Plan) {
	pr.Printf("%s\n\n", pr.Paint(safe.Bold, "Changed since "+safe.Line(b.Name)))
	own := render.OwnOf(b, p)
	pr.changes(own)
	if render.IsSame(own) && !b.Offline {
		pr.Printf("  Nothing: the configuration is the same as there.\n\n")
	}
	if len(b.Drift.Changes) > 0 {
		pr.Printf("%s\n\n", pr.Paint(safe.BoldYellow, "Drift: changed in Datadog, and apply sets it back"))
		for i := range b.Drift.Changes {
			c := &b.Drift.Changes[i]
			pr.change(c, b.Overlap[c.Address])
		}
	}
	if len(b.Adopted) > 0 {
		pr.Printf("Already so in Datadog: %s.\n\n", addresses(b.Adopted))
	}
}
