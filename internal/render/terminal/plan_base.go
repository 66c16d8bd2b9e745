package terminal

import (
	"ddmon/internal/plan"
	"ddmon/internal/render"
	"ddmon/internal/render/safe"
)

// withBase writes the changes of the configuration since the base, then the drift in Datadog.
func (pr *printer) withBase(b *plan.Base, p *plan.Plan) {
	pr.Printf("%s\n\n", pr.Paint(safe.Bold, "Changed since "+safe.Line(b.Name)))
	own := render.ConfigChanges(b, p)
	pr.changes(own)
	if render.HasNoChanges(own) && !b.Offline {
		pr.Printf("  Nothing: the configuration is identical.\n\n")
	}
	if len(b.Drift.Changes) > 0 {
		pr.Printf("%s\n\n", pr.Paint(safe.BoldYellow, "Drift: changed in Datadog, apply will revert it"))
		for i := range b.Drift.Changes {
			c := &b.Drift.Changes[i]
			pr.change(c, b.Overlap[c.Address])
		}
	}
	if len(b.Adopted) > 0 {
		pr.Printf("Already applied in Datadog: %s.\n\n", addresses(b.Adopted))
	}
}
