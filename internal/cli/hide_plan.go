package cli

import (
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
)

// texts hides sensitive values that are found by their text, not by their field.
func (h *hider) texts() planfile.Redactor {
	if h.empty() {
		return planfile.Redactor{}
	}
	return planfile.Redactor{String: h.outside, Mixed: h.text}
}

// plan prepares a plan for output.
func (h *hider) plan(p *plan.Plan) planfile.RedactedPlan { return h.texts().Plan(p) }

// base prepares a base for output.
func (h *hider) base(b *plan.Base) planfile.RedactedBase { return h.texts().Base(b) }
