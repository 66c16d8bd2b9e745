package render_test

import (
	"github.com/hashicorp/hcl/v2"

	"ddmon/internal/diag"
	"ddmon/internal/plan"
	"ddmon/internal/planfile"
)

// The test data has sensitive values only where Desired says so, so no other texts are hidden.

func shownPlan(p *plan.Plan) planfile.RedactedPlan { return planfile.Redactor{}.Plan(p) }

func showBase(b *plan.Base) planfile.RedactedBase { return planfile.Redactor{}.Base(b) }

func showDrift(r *plan.DriftReport) planfile.RedactedDrift { return planfile.Redactor{}.Drift(r, nil) }

func showDiags(diags hcl.Diagnostics) diag.Shown {
	return diag.Show(diags, func(s string) string { return s })
}
