package cli

import (
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
)

// texts hides by text what no place tells.
func (h *hider) texts() planfile.Texts {
	if h.empty() {
		return planfile.Texts{}
	}
	return planfile.Texts{Outside: h.outside, Words: h.text}
}

// plan returns a plan to show.
func (h *hider) plan(p *plan.Plan) planfile.ShownPlan { return h.texts().Plan(p) }

// base returns a base to show.
func (h *hider) base(b *plan.Base) planfile.ShownBase { return h.texts().Base(b) }
