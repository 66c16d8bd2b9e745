package cli

import (
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
)

// texts hides sensitive values that are found by their text, not by their field.
func (h *hider) texts() planfile.Texts {
	if h.empty() {
		return planfile.Texts{}
	}
	return planfile.Texts{Outside: h.outside, Words: h.text}
}

// plan prepares a plan for output.
func (h *hider) plan(p *plan.Plan) planfile.ShownPlan { return h.texts().Plan(p) }

// base prepares a base for output.
func (h *hider) base(b *plan.Base) planfile.ShownBase { return h.texts().Base(b) }
